import { UNIT_TARGETS, type Profile } from './unit-targets.js';

interface IllustrativeNumber {
  code: string;
  number: number;
  unit: string;
  profile: Profile;
  parentCode: string | null;
}

/** The made-up projects, numbered through all units in the order of UNIT_TARGETS. */
export function illustrativeNumbers(): IllustrativeNumber[] {
  let number = 0;
  return UNIT_TARGETS.flatMap(({ code: unit, profiles }) => {
    let parentCode: string | null = null;
    let componentsLeft = 0;
    return profiles.map((profile) => {
      number++;
      const code = `MH-${twoDigits(number)}`;
      const isComponent = componentsLeft > 0;
      const project = { code, number, unit, profile, parentCode: isComponent ? parentCode : null };
      if (isComponent) componentsLeft--;
      if (profile === 'components') [parentCode, componentsLeft] = [code, 2];
      return project;
    });
  });
}

export function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** Left without a code, as a register in use has some: its money cannot be matched with the Treasury's. */
const WITHOUT_CODE = 'MH-61';

/**
 * A national code for a made-up project, marked as such in its source note. It begins with 9, and no named project
 * ever gets one: seven digits are read as a real project's.
 */
export function illustrativeNationalCode(code: string): string | null {
  const number = /^MH-([0-9]+)$/.exec(code)?.[1];
  return number === undefined || code === WITHOUT_CODE ? null : `9${number.padStart(6, '0')}`;
}
