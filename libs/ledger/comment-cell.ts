import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Month } from '#libs/kernel';
import { CellComment } from './cell-comment.entity.js';
import type { LedgerErrorCode } from './errors.js';
import type { GridErrorCode } from './grid-errors.js';
import { codeProblems } from './known-codes.js';
import { ReportingMonth } from './reporting-month.entity.js';

/** A cell of the month grid: the total of all entries of one basis that share these. */
export interface CellKey {
  unitCode: string;
  projectCode: string;
  sourceCode: string;
  carriedOver: boolean;
  month: Month;
}

/** Adds a comment to a cell of the actor's units; `comment-refused` names the codes that are not known. */
export async function commentCell(db: DataSource, actor: Actor, cell: CellKey, text: string): Promise<CellComment> {
  const { month, ...codes } = cell;
  const facts = { month: month.toString() };
  return auditedTransaction(db, actor, async (tx, record) => {
    if (!(await tx.existsBy(ReportingMonth, { planYear: month.planYear, month: month.number })))
      throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
    const problems = (await codeProblems(tx, actor, [cell], '')).map((problem) => ({
      ...problem,
      pointer: problem.pointer.replace('/0', ''),
    }));
    if (problems.length > 0) throw new DomainError<GridErrorCode>('comment-refused', facts, problems);
    const comment = {
      ...codes,
      planYear: month.planYear,
      month: month.number,
      text,
      recordedAt: systemClock.now(),
      recordedBy: actor.username,
    };
    const { identifiers } = await tx.insert(CellComment, comment);
    const { id } = identifiers[0] as { id: number };
    record({ action: 'cell.comment', objectType: 'cell-comment', objectId: id, after: comment });
    return tx.findOneByOrFail(CellComment, { id });
  });
}
