import type { Unit } from '../client/types';
import { compareVietnamese, fold } from '../format/fold';

export interface UnitGroup {
  kind: Unit['kind'];
  units: Unit[];
}

const KINDS: Unit['kind'][] = ['investor', 'district', 'commune', 'reserve'];

/** By kind, then by the Vietnamese alphabet; filtered by any part of name or code, with or without marks. */
export function groupUnits(units: Unit[], text: string): UnitGroup[] {
  const wanted = fold(text);
  const matches = (unit: Unit) => fold(`${unit.name} ${unit.shortName} ${unit.code}`).includes(wanted);
  return KINDS.map((kind) => ({
    kind,
    units: units
      .filter((unit) => unit.kind === kind && matches(unit))
      .sort((first, second) => compareVietnamese(first.name, second.name)),
  })).filter((group) => group.units.length > 0);
}
