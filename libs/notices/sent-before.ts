import { In, Not, type EntityManager } from 'typeorm';
import { Evaluation, EvaluationAverage, EvaluationLine } from '#libs/monitoring';
import type { Audience } from './life-cycle.rule.js';
import { Notice, NoticeLine } from './notice.entity.js';
import type { NewLine } from './write-notice.js';

type SentNotice = Notice & { lines: NoticeLine[] };
type Recipient = { code: string; name: string };

/**
 * What earlier versions of a month told whom: the newest that went out to each recipient. A draft was told to nobody,
 * so there is nothing to correct in it.
 */
export class SentBefore {
  private constructor(
    private readonly newest: ReadonlyMap<string, SentNotice>,
    private readonly figures: ReadonlyMap<string, EvaluationLine>,
    /** Evaluations whose averages of the month are those of the new one. */
    private readonly sameAverage: ReadonlySet<number>,
  ) {}

  static async load(tx: EntityManager, evaluation: Evaluation): Promise<SentBefore> {
    const { id: evaluationId, planYear, month, monthVersion } = evaluation;
    if (monthVersion === 1) return new SentBefore(new Map(), new Map(), new Set());
    const notices = await tx.find(Notice, {
      where: { planYear, month, step: '', state: Not('draft') },
      order: { monthVersion: 'ASC' },
    });
    const earlier = notices.filter((notice) => notice.monthVersion < monthVersion && notice.audience !== 'staff');
    const lines = await tx.find(NoticeLine, {
      where: { noticeId: In(earlier.map(({ id }) => id)) },
      order: { ordinal: 'ASC' },
    });
    const newest = new Map(
      earlier.map((notice) => [
        `${notice.audience} ${notice.recipient}`,
        Object.assign(notice, { lines: lines.filter(({ noticeId }) => noticeId === notice.id) }),
      ]),
    );
    const figures = await tx.findBy(EvaluationLine, { evaluationId, month });
    const sameAverage = new Set<number>();
    const average = await averageOf(tx, evaluationId, month);
    for (const id of new Set(earlier.map((notice) => notice.evaluationId)))
      if (id !== null && (await averageOf(tx, id, month)) === average) sameAverage.add(id);
    return new SentBefore(newest, new Map(figures.map((line) => [line.unitCode, line])), sameAverage);
  }

  to(audience: Audience, recipient: string): SentNotice | undefined {
    return this.newest.get(`${audience} ${recipient}`);
  }

  /** Unit by unit with all figures; an announcement tells the average too. */
  saysTheSame(prior: SentNotice, content: readonly NewLine[]): boolean {
    if (prior.audience === 'announcement' && !this.sameAverage.has(prior.evaluationId as number)) return false;
    const told = prior.lines.filter(({ kind }) => kind !== 'left-list');
    return sayingOf(told) === sayingOf(content);
  }

  /** The new lines, then one for each unit that the corrected notice named and this one does not. */
  withThoseThatLeft(prior: SentNotice, content: readonly NewLine[]): NewLine[] {
    const left = prior.lines.filter(
      ({ kind, unitCode }) => kind !== 'left-list' && !content.some((line) => line.unitCode === unitCode),
    );
    return [
      ...content,
      ...left.map(({ unitCode, caseId }): NewLine => {
        const now = this.figures.get(unitCode);
        return {
          kind: 'left-list',
          unitCode,
          caseId,
          streak: now?.streak ?? 0,
          plan: now?.plan ?? 0n,
          disbursed: now?.disbursed ?? 0n,
          gap: now?.gap ?? 0n,
        };
      }),
    ];
  }

  /** Teams that were told of units and have none to be told of now are among the readers of the correction. */
  withTeamsOfBefore<T extends { team: Recipient & { isFallback: boolean }; content: NewLine[] }>(
    groups: readonly T[],
  ): { team: Recipient & { isFallback: boolean }; content: NewLine[] }[] {
    const silent = [...this.newest.values()].filter(
      ({ audience, recipient }) => audience === 'team' && !groups.some(({ team }) => team.code === recipient),
    );
    return [
      ...groups,
      ...silent.map(({ recipient, recipientName, isFallback }) => ({
        team: { code: recipient, name: recipientName, isFallback },
        content: [],
      })),
    ];
  }

  /** Units with a letter of before that are not on the list now. */
  unitsBeside(flagged: readonly string[]): Recipient[] {
    return [...this.newest.values()]
      .filter(({ audience, recipient }) => audience === 'unit' && !flagged.includes(recipient))
      .map(({ recipient, recipientName }) => ({ code: recipient, name: recipientName }));
  }
}

function sayingOf(lines: readonly NewLine[]): string {
  return lines
    .map(({ kind, unitCode, streak, plan, disbursed, gap }) =>
      [unitCode, kind, streak, plan, disbursed, gap].map(String).join(' '),
    )
    .sort()
    .join('\n');
}

async function averageOf(tx: EntityManager, evaluationId: number, month: number): Promise<string> {
  const averages = await tx.find(EvaluationAverage, { where: { evaluationId, month }, order: { group: 'ASC' } });
  return averages.map(({ group, numerator, denominator }) => `${group} ${numerator}/${denominator}`).join('\n');
}
