import type { Named, Unit } from '../client/types';
import { compareVietnamese } from '../format/fold';
import type { NewReorganisation } from './reorganisation-client';

/** What is being filled in. Texts are kept as typed; '' means not chosen. */
export interface Draft {
  decisionNo: string;
  decisionDate: string;
  effectiveDate: string;
  note: string;
  ended: DraftEnded[];
  newUnits: DraftUnit[];
  /** Project code → the unit it goes to, where it does not follow its own. */
  exceptions: Record<string, string>;
}

export interface DraftEnded {
  unitCode: string;
  successorCode: string;
  unassignedTo: string;
}

export interface DraftUnit {
  key: number;
  code: string;
  name: string;
  shortName: string;
  kind: Unit['kind'];
  teamCode: string;
}

export const EMPTY: Draft = {
  decisionNo: '',
  decisionDate: '',
  effectiveDate: '',
  note: '',
  ended: [],
  newUnits: [],
  exceptions: {},
};

export function isComplete({ decisionNo, decisionDate, effectiveDate, ended }: Draft): boolean {
  return decisionNo.trim() !== '' && decisionDate !== '' && effectiveDate !== '' && ended.length > 0;
}

/** Units compared with others of their kind: communes with districts (domain.md §4). */
function groupOf(kind: Unit['kind']): string {
  return kind === 'district' || kind === 'commune' ? 'district' : 'provincial';
}

const orNull = (text: string): string | null => (text === '' ? null : text);

export function requestOf(draft: Draft): NewReorganisation {
  return {
    decisionNo: draft.decisionNo,
    decisionDate: draft.decisionDate,
    effectiveDate: draft.effectiveDate,
    ...(draft.note.trim() === '' ? {} : { note: draft.note }),
    ended: draft.ended.map(({ unitCode, successorCode, unassignedTo }) => ({
      unitCode,
      successorCode: orNull(successorCode),
      unassignedTo: orNull(unassignedTo),
    })),
    successors: draft.newUnits.map(({ key: _, kind, shortName, teamCode, ...unit }) => ({
      ...unit,
      kind,
      group: groupOf(kind),
      ...(shortName.trim() === '' ? {} : { shortName }),
      teamCode: orNull(teamCode),
    })),
    projects: Object.entries(draft.exceptions)
      .filter(([, successorCode]) => successorCode !== '')
      .map(([projectCode, successorCode]) => ({ projectCode, successorCode })),
  };
}

/** Teams that look after some unit today: the ones a new unit may be given to. */
export function teamsOf(units: readonly Unit[]): Named[] {
  const teams = new Map(units.flatMap(({ team }) => (team === null ? [] : [[team.code, team] as const])));
  return [...teams.values()].sort((a, b) => compareVietnamese(a.name, b.name));
}

/** Where capital and projects may go: the new units with a code, and every unit that does not end. */
export interface Choices {
  newUnits: Named[];
  existing: Unit[];
}

export function choicesOf(draft: Draft, units: readonly Unit[]): Choices {
  const ends = new Set(draft.ended.map(({ unitCode }) => unitCode));
  return {
    newUnits: draft.newUnits
      .filter(({ code }) => code.trim() !== '')
      .map(({ code, name }) => ({ code: code.trim(), name: name.trim() === '' ? code.trim() : name.trim() })),
    existing: units.filter(
      (unit) => !ends.has(unit.code) && unit.kind !== 'reserve' && isThere(unit, draft.effectiveDate),
    ),
  };
}

/** Whether a unit is valid on a day; every unit while the day is not chosen. */
function isThere({ validFrom, validTo }: Unit, day: string): boolean {
  return day === '' || ((validFrom === null || validFrom <= day) && (validTo === null || validTo >= day));
}

/** Units that may still be chosen to end: there before the effective day, not chosen yet, never the reserve. */
export function unitsThatMayEnd({ ended, effectiveDate }: Draft, units: readonly Unit[]): Unit[] {
  const chosen = new Set(ended.map(({ unitCode }) => unitCode));
  return units.filter(
    ({ code, kind, validFrom, validTo }) =>
      !chosen.has(code) &&
      kind !== 'reserve' &&
      (effectiveDate === '' || validFrom === null || validFrom < effectiveDate) &&
      // Its last known day may be the very eve of the effective day, or later.
      (effectiveDate === '' || validTo === null || validTo >= eveOf(effectiveDate)),
  );
}

/** The day before the first day of the successors. */
export function eveOf(effectiveDate: string): string {
  const day = new Date(`${effectiveDate}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
}
