import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { canonicalJson, DomainError, isDuplicate, systemClock, type Actor, type FieldProblem } from '#libs/kernel';
import type { MonitoringErrorCode, PolicyProblemCode } from './errors.js';
import { PolicyVersion } from './evaluation.entity.js';
import { currentPolicyVersion } from './policies.js';
import { PolicyProposal } from './policy-proposal.entity.js';
import { parsePolicy, POLICY_DEFAULTS, type Policy } from './rule/index.js';

/** The fields of a policy as they are kept: all but the year and the month that it is evaluated to. */
export type PolicyFieldsKept = Omit<Policy, 'planYear' | 'throughMonth'>;

export interface PolicyChangeRequest {
  planYear: number;
  /** What is left out gets its default. */
  fields: Record<string, unknown>;
  reason: string;
}

/** The first person: keeps the change with its reason. It changes nothing until another one confirms it. */
export async function proposePolicy(
  db: DataSource,
  actor: Actor,
  { planYear, fields, reason }: PolicyChangeRequest,
): Promise<PolicyProposal> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const kept = await checkedFields(tx, planYear, fields);
    const { version, fields: present } = await newestVersion(tx, planYear);
    const text = canonicalJson(kept);
    if (text === present) throw new DomainError<MonitoringErrorCode>('policy-unchanged', { year: planYear });
    const { identifiers } = await tx.insert(PolicyProposal, {
      planYear,
      baseVersion: version,
      fields: text,
      reason,
      proposedAt: systemClock.now(),
      proposedBy: actor.username,
    });
    const { id } = identifiers[0] as { id: number };
    record({
      action: 'policy.propose',
      objectType: 'policy-proposal',
      objectId: id,
      before: { planYear, version, fields: JSON.parse(present) as unknown },
      after: { planYear, fields: kept, reason },
    });
    return tx.findOneByOrFail(PolicyProposal, { id });
  }).catch((error: unknown) => {
    throw isDuplicate(error, 'policy_proposal_one_open_index')
      ? new DomainError<MonitoringErrorCode>('policy-proposal-open', { year: planYear })
      : error;
  });
}

/** The second person: from now on months are evaluated by it. What is published keeps the version it was made with. */
export async function confirmPolicy(db: DataSource, actor: Actor, id: number): Promise<PolicyVersion> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const proposal = await openProposal(tx, id);
    const { planYear, baseVersion, fields, reason, proposedBy } = proposal;
    if (proposedBy === actor.username) throw new DomainError<MonitoringErrorCode>('policy-same-person', { id });
    // No month of the year is evaluated while its policy changes.
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('evaluate plan year'), $1)", [planYear]);
    const { version } = await newestVersion(tx, planYear);
    if (version !== baseVersion) throw new DomainError<MonitoringErrorCode>('policy-proposal-outdated', { version });
    const first = await currentPolicyVersion(tx, actor, planYear, record);
    const now = systemClock.now();
    await tx.update(PolicyProposal, id, { state: 'confirmed', decidedAt: now, decidedBy: actor.username });
    const next = { planYear, version: first.version + 1, fields, reason };
    await tx.insert(PolicyVersion, { ...next, recordedAt: now, recordedBy: actor.username, proposalId: id });
    record({
      action: 'policy.confirm',
      objectType: 'policy',
      objectId: `${planYear} ${next.version}`,
      before: { version: first.version, fields: JSON.parse(first.fields) as unknown },
      after: { ...next, fields: JSON.parse(fields) as unknown, proposedBy },
    });
    return tx.findOneByOrFail(PolicyVersion, { planYear, version: next.version });
  });
}

/** Takes a proposal back; either of the two may. */
export async function withdrawPolicy(db: DataSource, actor: Actor, id: number): Promise<{ planYear: number }> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const { planYear } = await openProposal(tx, id);
    const after = { state: 'withdrawn' as const, decidedAt: systemClock.now(), decidedBy: actor.username };
    await tx.update(PolicyProposal, id, after);
    record({
      action: 'policy.withdraw',
      objectType: 'policy-proposal',
      objectId: id,
      before: { state: 'open' },
      after,
    });
    return { planYear };
  });
}

/** The version in force, or the defaults as version 0 where the year has none yet. */
export async function newestVersion(
  tx: EntityManager,
  planYear: number,
): Promise<Pick<PolicyVersion, 'planYear' | 'version' | 'fields'>> {
  const newest = await tx.findOne(PolicyVersion, { where: { planYear }, order: { version: 'DESC' } });
  return newest ?? { planYear, version: 0, fields: canonicalJson(POLICY_DEFAULTS) };
}

/** The months of a year that a changed policy is looked at in: the last one closed, and the next one to close. */
export async function monthsInView(
  tx: EntityManager,
  planYear: number,
): Promise<{ month: number; isClosed: boolean }[]> {
  const rows: { month: number; state: string }[] = await tx.query(
    'SELECT month, state FROM reporting_month WHERE plan_year = $1 ORDER BY month',
    [planYear],
  );
  if (rows.length === 0) throw new DomainError<MonitoringErrorCode>('plan-year-without-months', { year: planYear });
  const next = rows.findIndex(({ state }) => state !== 'closed');
  const at = next < 0 ? rows.length : next;
  return rows.slice(Math.max(at - 1, 0), at + 1).map(({ month, state }) => ({ month, isClosed: state === 'closed' }));
}

/** All fields with their defaults; refuses what the rule could not evaluate the next month by. */
export async function checkedFields(
  tx: EntityManager,
  planYear: number,
  fields: Record<string, unknown>,
): Promise<PolicyFieldsKept> {
  const throughMonth = (await monthsInView(tx, planYear)).at(-1)?.month ?? 1;
  const { policy, problems } = parsePolicy({ ...fields, planYear, throughMonth });
  const refused = problems.map(({ field, expected }): FieldProblem => {
    const pointer = `/fields/${field.replace(/\[(\d+)\]/g, '.$1').replaceAll('.', '/')}`;
    const code: PolicyProblemCode = expected.includes('no declared percentage')
      ? 'policy-declared-missing'
      : expected.includes('one declared figure')
        ? 'policy-declared-by-group'
        : 'policy-field-refused';
    return { pointer, code, facts: { field, expected } };
  });
  if (policy) refused.push(...(await unknownProjects(tx, policy)));
  const [first] = refused;
  // The same conflict comes once a month: once is enough.
  const distinct = refused.filter(
    ({ pointer, code }, i) => refused.findIndex((other) => other.pointer === pointer && other.code === code) === i,
  );
  if (!policy || first) throw new DomainError<MonitoringErrorCode>('policy-refused', { year: planYear }, distinct);
  const { planYear: _year, throughMonth: _month, ...kept } = policy;
  return kept;
}

async function unknownProjects(tx: EntityManager, policy: Policy): Promise<FieldProblem[]> {
  const named = [
    ...policy.excludeProjects.map((project, i) => ({ project, pointer: `/fields/excludeProjects/${i}` })),
    ...policy.changes.flatMap(({ excludeProjects = [] }, c) =>
      excludeProjects.map((project, i) => ({ project, pointer: `/fields/changes/${c}/excludeProjects/${i}` })),
    ),
  ];
  const rows: { code: string }[] = await tx.query('SELECT code FROM project WHERE code = ANY($1)', [
    named.map(({ project }) => project),
  ]);
  const known = new Set(rows.map(({ code }) => code));
  const code: PolicyProblemCode = 'policy-project-unknown';
  return named
    .filter(({ project }) => !known.has(project))
    .map(({ project, pointer }) => ({ pointer, code, facts: { project } }));
}

async function openProposal(tx: EntityManager, id: number): Promise<PolicyProposal> {
  const proposal = await tx.findOne(PolicyProposal, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!proposal) throw new DomainError<MonitoringErrorCode>('policy-proposal-unknown', { id });
  if (proposal.state !== 'open') throw new DomainError<MonitoringErrorCode>('policy-proposal-decided', { id });
  return proposal;
}
