import { dongOfMillion, millionOfDong } from '../format/million';
import type { NewMediumTerm, ProjectMediumTerm } from './types';

/** A source of the medium-term plan as it is typed. */
export interface DraftSource {
  key: number;
  /** '' : not chosen yet. */
  source: string;
  /** Its name where the plan or an annual plan named it: it is not chosen then. */
  name: string | null;
  /** Triệu đồng as typed. */
  amount: string;
  before: string;
  /** đồng: what the annual plans of the period come to. */
  annualDong: number;
}

export interface MediumTermDraft {
  decisionNo: string;
  decisionDate: string;
  sources: DraftSource[];
}

export function draftOf(plan: ProjectMediumTerm): MediumTermDraft {
  const decided = plan.lines.find(({ decisionNo }) => decisionNo !== null);
  const million = (dong: number) => (dong === 0 ? '' : millionOfDong(dong));
  return {
    decisionNo: decided?.decisionNo ?? '',
    decisionDate: decided?.decisionDate ?? '',
    sources: plan.lines.map((line, key) => ({
      key,
      source: line.source.code,
      name: line.source.name,
      amount: million(line.amountDong),
      before: million(line.allocatedBeforeDong),
      annualDong: line.annual.reduce((sum, { amountDong }) => sum + amountDong, 0),
    })),
  };
}

export function emptySource(sources: readonly DraftSource[]): DraftSource {
  const key = Math.max(-1, ...sources.map((source) => source.key)) + 1;
  return { key, source: '', name: null, amount: '', before: '', annualDong: 0 };
}

/** đồng as typed, 0 for an empty field; null for what is no amount of a plan. */
export function dongTyped(text: string): number | null {
  if (text.trim() === '') return 0;
  const dong = dongOfMillion(text);
  return dong === null || dong < 0 ? null : dong;
}

export function isWrong({ sources }: MediumTermDraft): boolean {
  const codes = sources.map(({ source }) => source);
  return (
    codes.includes('') ||
    new Set(codes).size < codes.length ||
    sources.some(({ amount, before }) => dongTyped(amount) === null || dongTyped(before) === null)
  );
}

/** đồng that the annual plans would exceed the medium-term plan by, over all sources; 0 while nothing is planned. */
export function excessOf({ sources }: MediumTermDraft): number {
  if (sources.every(({ amount }) => (dongTyped(amount) ?? 0) === 0)) return 0;
  return sources.reduce(
    (sum, { amount, before, annualDong }) =>
      sum + Math.max(0, annualDong + (dongTyped(before) ?? 0) - (dongTyped(amount) ?? 0)),
    0,
  );
}

/** Only sources with a figure: one that is left empty is taken off. */
export function planOf({ decisionNo, decisionDate, sources }: MediumTermDraft, periodStart: number): NewMediumTerm {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    periodStart,
    decisionNo: orNull(decisionNo),
    decisionDate: orNull(decisionDate),
    lines: sources
      .filter(({ amount, before }) => amount.trim() !== '' || before.trim() !== '')
      .map(({ source, amount, before }) => ({
        sourceCode: source,
        amountDong: dongTyped(amount) ?? 0,
        allocatedBeforeDong: dongTyped(before) ?? 0,
      })),
  };
}
