import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { asRate, rateOf } from '#libs/insight';
import { DomainError, dongToJson, Month, type Actor } from '#libs/kernel';
import { listPlanYears } from '#libs/ledger';
import {
  confirmPolicy,
  definitionSentence,
  listPolicies,
  policyOf,
  previewPolicy,
  proposePolicy,
  withdrawPolicy,
  type MonitoringErrorCode,
  type PolicyList,
  type PolicyPreviewMonth,
} from '#libs/monitoring';
import { Acting, Needs } from '../shell/access.decorators.js';
import {
  NewPolicyProposalDto,
  PoliciesDto,
  PoliciesQueryDto,
  PolicyPreviewDto,
  PolicyPreviewMonthDto,
  PolicyPreviewRequestDto,
  PolicyPreviewUnitDto,
  type PolicyFieldsDto,
} from './policy.dto.js';

@ApiTags('monitoring')
@Controller('policies')
export class PoliciesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('province.read')
  async list(@Acting() actor: Actor, @Query() query: PoliciesQueryDto): Promise<PoliciesDto> {
    const planYears = await listPlanYears(this.db);
    const planYear = query.planYear ?? planYears.at(-1) ?? 0;
    return this.view(actor, planYear, planYears);
  }

  /** Who would be on the list under a changed policy; nothing is kept. */
  @Post('preview')
  @Needs('policies.propose')
  @HttpCode(200)
  async preview(@Body() { planYear, fields }: PolicyPreviewRequestDto): Promise<PolicyPreviewDto> {
    const sent = plain(fields);
    const months = await previewPolicy(this.db, planYear, sent);
    const month = months.at(-1)?.month ?? 1;
    const version = { planYear, version: 0, fields: JSON.stringify(sent) };
    return {
      definition: definitionSentence(policyOf(version, month), month),
      months: months.map((each) => previewMonth(each, planYear)),
    };
  }

  /** The first person proposes a change with its reason. */
  @Post('proposals')
  @Needs('policies.propose')
  async propose(
    @Acting() actor: Actor,
    @Body() { planYear, fields, reason }: NewPolicyProposalDto,
  ): Promise<PoliciesDto> {
    await proposePolicy(this.db, actor, { planYear, fields: plain(fields), reason });
    return this.view(actor, planYear);
  }

  /** Another person makes it the policy of the months closed from now on. */
  @Post('proposals/:id/confirmation')
  @Needs('policies.confirm')
  @HttpCode(200)
  async confirm(@Acting() actor: Actor, @Param('id') id: string): Promise<PoliciesDto> {
    const { planYear } = await confirmPolicy(this.db, actor, proposalId(id));
    return this.view(actor, planYear);
  }

  @Post('proposals/:id/withdrawal')
  @Needs('policies.propose')
  @HttpCode(200)
  async withdraw(@Acting() actor: Actor, @Param('id') id: string): Promise<PoliciesDto> {
    const { planYear } = await withdrawPolicy(this.db, actor, proposalId(id));
    return this.view(actor, planYear);
  }

  private async view(actor: Actor, planYear: number, known?: number[]): Promise<PoliciesDto> {
    const planYears = known ?? (await listPlanYears(this.db));
    return policiesView(actor, planYear, planYears, await listPolicies(this.db, planYear));
  }
}

function policiesView(actor: Actor, planYear: number, planYears: number[], list: PolicyList): PoliciesDto {
  const { month, present, versions, proposals } = list;
  const withDefinition = (fields: object): { fields: PolicyFieldsDto; definition: { vi: string; en: string } } => ({
    fields,
    definition: definitionSentence({ ...present.fields, ...fields, planYear, throughMonth: month }, month),
  });
  return {
    planYear,
    planYears,
    month: Month.of(planYear, month).toString(),
    present: { version: present.version, ...withDefinition(present.fields) },
    versions: versions.map(({ fields, version, reason, recordedAt, recordedByName, proposedByName, months }) => ({
      ...withDefinition(fields),
      version,
      reason,
      recordedAt: recordedAt.toISOString(),
      recordedBy: recordedByName,
      proposedBy: proposedByName,
      months: months.map((number) => Month.of(planYear, number).toString()),
    })),
    proposals: proposals.map(({ fields, id, reason, state, proposedAt, proposedBy, ...row }) => ({
      ...withDefinition(fields),
      id,
      reason,
      state,
      proposedAt: proposedAt.toISOString(),
      proposedBy: row.proposedByName,
      isOwn: proposedBy === actor.username,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decidedBy: row.decidedByName,
    })),
  };
}

function previewMonth(
  { month, isClosed, present, changed, units }: PolicyPreviewMonth,
  year: number,
): PolicyPreviewMonthDto {
  const outcome = ({ averages, flaggedCount }: PolicyPreviewMonth['present']) => ({
    averages: averages.map(({ group, average }) => ({ group, rate: asRate(average) })),
    flaggedCount,
  });
  const stand = (unit: PolicyPreviewMonth['units'][number]['present']): PolicyPreviewUnitDto['present'] => ({
    status: unit.status,
    rate: unit.status === 'not-rated' ? null : rateOf(unit.disbursed, unit.plan),
    streak: unit.streak,
    flagged: unit.flagged,
    gapDong: dongToJson(unit.gap),
  });
  return {
    month: Month.of(year, month).toString(),
    isClosed,
    present: outcome(present),
    changed: outcome(changed),
    joined: units.filter((unit) => unit.changed.flagged && !unit.present.flagged).length,
    left: units.filter((unit) => unit.present.flagged && !unit.changed.flagged).length,
    units: units.map(({ code, name, ...unit }) => ({
      code,
      name,
      present: stand(unit.present),
      changed: stand(unit.changed),
    })),
  };
}

/** Without what was not sent: the rule tells an absent field from a wrong one. */
function plain(fields: PolicyFieldsDto): Record<string, unknown> {
  return JSON.parse(JSON.stringify(fields)) as Record<string, unknown>;
}

/** An id that cannot be one names no proposal. */
function proposalId(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647)
    throw new DomainError<MonitoringErrorCode>('policy-proposal-unknown', { id: text });
  return id;
}
