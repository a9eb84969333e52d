import type { EntityManager } from 'typeorm';
import { canonicalJson, systemClock, type Actor } from '#libs/kernel';
import type { RecordAudit } from '#libs/audit';
import { PolicyVersion } from './evaluation.entity.js';
import { parsePolicy, POLICY_DEFAULTS, type Policy } from './rule/index.js';

/** The newest policy of a plan year; a year without one gets the defaults of domain.md §4 as version 1. */
export async function currentPolicyVersion(
  tx: EntityManager,
  actor: Actor,
  planYear: number,
  record: RecordAudit,
): Promise<PolicyVersion> {
  const newest = await tx.findOne(PolicyVersion, { where: { planYear }, order: { version: 'DESC' } });
  if (newest) return newest;
  await tx
    .createQueryBuilder()
    .insert()
    .into(PolicyVersion)
    .values({
      planYear,
      version: 1,
      fields: canonicalJson(POLICY_DEFAULTS),
      reason: 'Mặc định',
      recordedAt: systemClock.now(),
      recordedBy: actor.username,
    })
    .orIgnore()
    .execute();
  record({ action: 'policy.default', objectType: 'policy', objectId: `${planYear} 1`, after: POLICY_DEFAULTS });
  return tx.findOneByOrFail(PolicyVersion, { planYear, version: 1 });
}

/** The newest policy of a plan year up to one month, or the defaults where none is kept yet; writes nothing. */
export async function presentPolicy(tx: EntityManager, planYear: number, throughMonth: number): Promise<Policy> {
  const newest = await tx.findOne(PolicyVersion, { where: { planYear }, order: { version: 'DESC' } });
  return policyOf(newest ?? { planYear, version: 0, fields: canonicalJson(POLICY_DEFAULTS) }, throughMonth);
}

/** The policy as evaluated: the kept fields for one plan year up to one month. */
export function policyOf(
  version: Pick<PolicyVersion, 'planYear' | 'version' | 'fields'>,
  throughMonth: number,
): Policy {
  const fields = JSON.parse(version.fields) as Record<string, unknown>;
  const { policy, problems } = parsePolicy({ ...fields, planYear: version.planYear, throughMonth });
  if (!policy || problems.length > 0)
    throw new Error(
      `policy ${version.version} of ${version.planYear} is not valid up to month ${throughMonth}: ` +
        problems.map(({ field, expected }) => `${field} ${expected}`).join('; '),
    );
  return policy;
}
