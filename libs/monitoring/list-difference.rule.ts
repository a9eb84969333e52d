/** Where a unit stands in a list of those below the average for as many months as the policy asks. */
interface Listed {
  unitCode: string;
  flagged: boolean;
}

export interface ListChange {
  /** Unit codes, each list in the order of the later evaluation, who left in that of the earlier. */
  joined: string[];
  stayed: string[];
  left: string[];
}

/** Who came on the list, who stays and who left it, from one evaluation to another: of two months or of two versions. */
export function compareLists(before: readonly Listed[], after: readonly Listed[]): ListChange {
  const flaggedOf = (lines: readonly Listed[]): string[] =>
    lines.filter(({ flagged }) => flagged).map(({ unitCode }) => unitCode);
  const [old, now] = [flaggedOf(before), flaggedOf(after)];
  return {
    joined: now.filter((code) => !old.includes(code)),
    stayed: now.filter((code) => old.includes(code)),
    left: old.filter((code) => !now.includes(code)),
  };
}
