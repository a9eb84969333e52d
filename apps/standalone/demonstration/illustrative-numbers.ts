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
