import type { DataSource } from 'typeorm';
import type { PolicyProposalState } from './policy-proposal.entity.js';
import { monthsInView, newestVersion, type PolicyFieldsKept } from './propose-policy.js';

export interface PolicyVersionRow {
  version: number;
  fields: PolicyFieldsKept;
  reason: string;
  recordedAt: Date;
  recordedByName: string;
  /** null: the defaults of the first version, which nobody had to propose. */
  proposedByName: string | null;
  /** Months whose published result was made with it. */
  months: number[];
}

export interface PolicyProposalRow {
  id: number;
  fields: PolicyFieldsKept;
  reason: string;
  state: PolicyProposalState;
  proposedAt: Date;
  proposedBy: string;
  proposedByName: string;
  decidedAt: Date | null;
  decidedByName: string | null;
}

export interface PolicyList {
  /** The version in force; 0: the defaults, kept with the first evaluation. */
  present: { version: number; fields: PolicyFieldsKept };
  /** The next month to close, or the last one of a year that is done: what the present policy speaks for. */
  month: number;
  versions: PolicyVersionRow[];
  /** Open ones first, then the latest. At most MOST_PROPOSALS_SHOWN. */
  proposals: PolicyProposalRow[];
}

const MOST_PROPOSALS_SHOWN = 50;

/** The policy of a plan year: what is in force, by which version each month was evaluated, and what is proposed. */
export async function listPolicies(db: DataSource, planYear: number): Promise<PolicyList> {
  const { version, fields } = await newestVersion(db.manager, planYear);
  const versions: (Omit<PolicyVersionRow, 'fields'> & { fields: string })[] = await db.query(
    `SELECT v.version, v.fields, v.reason, v.recorded_at AS "recordedAt",
            coalesce(a.display_name, v.recorded_by) AS "recordedByName",
            coalesce(b.display_name, p.proposed_by) AS "proposedByName",
            ARRAY(SELECT DISTINCT e.month FROM evaluation AS e
                  JOIN reporting_month AS m ON m.plan_year = e.plan_year AND m.month = e.month AND m.version = e.month_version
                  WHERE e.plan_year = v.plan_year AND e.policy_version = v.version ORDER BY e.month) AS months
     FROM policy_version AS v LEFT JOIN account AS a ON a.username = v.recorded_by
     LEFT JOIN policy_proposal AS p ON p.id = v.proposal_id LEFT JOIN account AS b ON b.username = p.proposed_by
     WHERE v.plan_year = $1 ORDER BY v.version DESC`,
    [planYear],
  );
  const proposals: (Omit<PolicyProposalRow, 'fields'> & { fields: string })[] = await db.query(
    `SELECT p.id, p.fields, p.reason, p.state, p.proposed_at AS "proposedAt", p.proposed_by AS "proposedBy",
            coalesce(a.display_name, p.proposed_by) AS "proposedByName", p.decided_at AS "decidedAt",
            coalesce(b.display_name, p.decided_by) AS "decidedByName"
     FROM policy_proposal AS p LEFT JOIN account AS a ON a.username = p.proposed_by
     LEFT JOIN account AS b ON b.username = p.decided_by
     WHERE p.plan_year = $1 ORDER BY p.state <> 'open', p.id DESC LIMIT ${MOST_PROPOSALS_SHOWN}`,
    [planYear],
  );
  return {
    present: { version, fields: read(fields) },
    month: (await monthsInView(db.manager, planYear)).at(-1)?.month ?? 1,
    versions: versions.map((row) => ({ ...row, fields: read(row.fields) })),
    proposals: proposals.map((row) => ({ ...row, fields: read(row.fields) })),
  };
}

function read(fields: string): PolicyFieldsKept {
  return JSON.parse(fields) as PolicyFieldsKept;
}
