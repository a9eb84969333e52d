import type { KeyProject, Unit } from '../client/types';
import { compareVietnamese, fold } from '../format/fold';

export interface SearchItem {
  id: string;
  kind: 'unit' | 'key-project';
  title: string;
  detail: string;
  code: string;
  key: string;
}

const MOST_RESULTS = 12;

export function searchItems(units: Unit[], projects: KeyProject[]): SearchItem[] {
  return [
    ...units
      .filter((unit) => unit.kind !== 'reserve')
      .map((unit) => ({
        id: `unit-${unit.code}`,
        kind: 'unit' as const,
        title: unit.name,
        detail: unit.code,
        code: unit.code,
        key: fold(`${unit.name} ${unit.shortName} ${unit.code}`),
      })),
    ...projects
      .filter((project) => project.named)
      .map((project) => ({
        id: `project-${project.ordinal}`,
        kind: 'key-project' as const,
        title: project.name,
        detail: String(project.ordinal).padStart(2, '0'),
        code: String(project.ordinal),
        key: fold(`${project.name} ${project.projectCode ?? ''} ${project.investorName ?? ''}`),
      })),
  ];
}

/** Every word typed must start a word of the item. Names that begin with it first, units before projects, then the alphabet. */
export function findItems(items: SearchItem[], text: string): SearchItem[] {
  const beginning = fold(text);
  const wanted = beginning.split(' ').filter(Boolean);
  if (wanted.length === 0) return [];
  return items
    .filter((item) => wanted.every((word) => item.key.startsWith(word) || item.key.includes(` ${word}`)))
    .sort(
      (first, second) =>
        Number(second.key.startsWith(beginning)) - Number(first.key.startsWith(beginning)) ||
        second.kind.localeCompare(first.kind) ||
        compareVietnamese(first.title, second.title),
    )
    .slice(0, MOST_RESULTS);
}
