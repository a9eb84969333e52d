/** How the amounts of a file are meant (product.md "What an import means"). */
export interface StagingMode {
  /** Rows are documents that are added, keyed by document and cell; else each row states the total of its cell. */
  vouchers: boolean;
  /** Amounts run from the start of the plan year to the row's month. */
  cumulative: boolean;
}

/** Rows that are booked, as `s`: one a cell, or in voucher mode each line of a document that the books do not have. */
export function bookedRows({ vouchers }: StagingMode): string {
  const rows = vouchers ? "(s.merged_into IS NULL OR s.outcome = 'new')" : 's.merged_into IS NULL';
  return `s.batch_id = $1 AND s.outcome IN ('new', 'changed', 'carried') AND ${rows} AND ${bookedAmount({ vouchers })} <> 0`;
}

export function bookedAmount({ vouchers }: Pick<StagingMode, 'vouchers'>): string {
  const difference = '(coalesce(s.total, s.amount) - coalesce(s.before, 0))';
  return vouchers ? `(CASE WHEN s.outcome = 'new' THEN s.amount ELSE ${difference} END)` : difference;
}

/** Whatever lowers a figure or changes what was said needs a reason; recovering an advance does not. */
export function needsReason(mode: Pick<StagingMode, 'vouchers'>): string {
  return `(s.reason IS NULL AND (s.kind IN ('refund', 'correction')
    OR (${bookedAmount(mode)} < 0 AND s.kind <> 'advance-recovery')))`;
}
