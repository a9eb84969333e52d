import type { DataSource } from 'typeorm';
import type { Month } from '#libs/kernel';
import { entryWarnings, type NewDisbursement, type WarningCode } from '#libs/ledger';

/** What a person would have answered; all made up. */
const REASONS: Record<WarningCode, string> = {
  'over-plan': 'Thanh toán theo khối lượng nghiệm thu, đang trình điều chỉnh tăng kế hoạch (minh hoạ)',
  'no-plan': 'Quyết định giao vốn đang hoàn thiện (minh hoạ)',
  'over-usual': 'Nghiệm thu nhiều hạng mục trong cùng một tháng (minh hoạ)',
  'december-spike': 'Hồ sơ thanh toán dồn về cuối năm (minh hoạ)',
  'cumulative-falls': 'Thu hồi phần đã chi vượt khối lượng (minh hoạ)',
};

/**
 * The entries as a careful person books them: a refund names the largest payment that it gives back from, and what
 * is unusual bears a reason.
 */
export async function explainedEntries(
  db: DataSource,
  month: Month,
  entries: readonly NewDisbursement[],
): Promise<NewDisbursement[]> {
  const named: NewDisbursement[] = [];
  for (const entry of entries)
    named.push(entry.kind === 'refund' ? { ...entry, corrects: await largestPayment(db, month, entry) } : entry);
  for (const { entry: i, code } of await entryWarnings(db.manager, month, named)) {
    const entry = named[i] as NewDisbursement;
    named[i] = { ...entry, reason: entry.reason ?? REASONS[code] };
  }
  return named;
}

async function largestPayment(db: DataSource, month: Month, entry: NewDisbursement): Promise<number | null> {
  const [row]: { id: number }[] = await db.query(
    `SELECT id FROM disbursement_entry
     WHERE plan_year = $1 AND unit_code = $2 AND project_code = $3 AND source_code = $4 AND carried_over = $5
       AND kind = 'payment' AND amount > 0 ORDER BY amount DESC, id LIMIT 1`,
    [month.planYear, entry.unitCode, entry.projectCode, entry.sourceCode, entry.carriedOver],
  );
  return row?.id ?? null;
}
