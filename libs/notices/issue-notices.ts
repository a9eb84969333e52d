import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import type { Actor } from '#libs/kernel';
import { ReportingMonth } from '#libs/ledger';
import { Evaluation } from '#libs/monitoring';
import { InspectionTeam, teamsOfUnits } from '#libs/organisation';
import { businessDate, claimMessage, completeMessage, instanceSetting } from '#libs/platform';
import { closeSettled } from './close-settled.js';
import type { Audience } from './life-cycle.rule.js';
import { Notice, type NoticeLineKind } from './notice.entity.js';
import { SentBefore } from './sent-before.js';
import { writeNotice, type NewLine } from './write-notice.js';

/**
 * Writes the notices of one evaluation, each exactly once: to every inspection team with a line for each new and
 * continuing case and each missing report among its units (issued at once: they are internal), a letter to each
 * flagged unit and the announcement (drafts until released). Units without a team go to the named fallback.
 * Where an earlier version of the month went out already, only what changed is written, as a correction (đính chính)
 * that names what it corrects. Then the notices of earlier months of which nothing is left are closed. Asked again, it finds them written and adds nothing; of a version that was closed anew
 * since, nothing goes out any more.
 */
export async function issueNotices(
  db: DataSource,
  actor: Actor,
  evaluationId: number,
  messageId?: number,
): Promise<Notice[]> {
  return auditedTransaction(db, actor, async (tx, record) => {
    if (messageId !== undefined && !(await claimMessage(tx, messageId))) return [];
    const evaluation = await tx.findOneByOrFail(Evaluation, { id: evaluationId });
    const { planYear, month, monthVersion } = evaluation;
    await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [planYear, month]);
    const { version } = await tx.findOneByOrFail(ReportingMonth, { planYear, month });
    const written = version > monthVersion ? [] : await writeAll(tx, actor, evaluation, record);
    await closeSettled(tx, actor, planYear, record);
    if (messageId !== undefined) await completeMessage(tx, messageId);
    return written;
  });
}

async function writeAll(
  tx: EntityManager,
  actor: Actor,
  evaluation: Evaluation,
  record: RecordAudit,
): Promise<Notice[]> {
  const { id: evaluationId, planYear, month, monthVersion } = evaluation;
  const sent = await SentBefore.load(tx, evaluation);
  const written: Notice[] = [];
  const write = async (
    audience: Audience,
    recipient: { code: string; name: string },
    content: NewLine[],
    isFallback = false,
  ): Promise<void> => {
    const key = { planYear, month, monthVersion, audience, recipient: recipient.code };
    const prior = sent.to(audience, recipient.code);
    if (prior && sent.saysTheSame(prior, content)) return;
    if (await tx.existsBy(Notice, { ...key, step: '' })) return;
    const head = { ...key, recipientName: recipient.name, isFallback, evaluationId, corrects: prior?.id ?? null };
    written.push(await writeNotice(tx, actor, head, prior ? sent.withThoseThatLeft(prior, content) : content, record));
  };

  const lines = await linesOf(tx, evaluation);
  for (const { team, content } of sent.withTeamsOfBefore(await byTeam(tx, actor, lines, record)))
    await write('team', team, content, team.isFallback);
  const flagged = lines.filter(({ flagged: isFlagged }) => isFlagged);
  for (const line of flagged) await write('unit', { code: line.unitCode, name: line.unitName }, [line.content]);
  for (const recipient of sent.unitsBeside(flagged.map(({ unitCode }) => unitCode))) await write('unit', recipient, []);
  await write(
    'announcement',
    await province(tx),
    flagged.map(({ content }) => content),
  );
  return written;
}

interface CaseOrMissing {
  unitCode: string;
  unitName: string;
  flagged: boolean;
  content: NewLine;
}

/** What the month has to say, unit by unit, the largest gap first. */
async function linesOf(tx: EntityManager, evaluation: Evaluation): Promise<CaseOrMissing[]> {
  const rows: {
    unit_code: string;
    name: string;
    case_id: number | null;
    change: string | null;
    flagged: boolean;
    streak: number;
    plan: string;
    disbursed: string;
    gap: string;
  }[] = await tx.query(
    `SELECT l.unit_code, u.name, s.case_id, s.change, l.flagged, l.streak, l.plan, l.disbursed, l.gap
     FROM evaluation_line AS l
     JOIN unit AS u ON u.code = l.unit_code
     LEFT JOIN (warning_case_step AS s JOIN warning_case AS c ON c.id = s.case_id)
       ON s.evaluation_id = l.evaluation_id AND c.unit_code = l.unit_code AND s.change IN ('new', 'continuing')
     WHERE l.evaluation_id = $1 AND l.month = $2 AND (s.case_id IS NOT NULL OR l.status = 'missing')
     ORDER BY l.gap DESC, u.name COLLATE "vi-x-icu", u.code`,
    [evaluation.id, evaluation.month],
  );
  return rows.map((row) => {
    const kind: NoticeLineKind =
      row.case_id === null ? 'missing-report' : row.change === 'new' ? 'new-case' : 'continuing-case';
    return {
      unitCode: row.unit_code,
      unitName: row.name,
      flagged: row.flagged,
      content: {
        kind,
        unitCode: row.unit_code,
        caseId: row.case_id,
        streak: row.streak,
        plan: BigInt(row.plan),
        disbursed: BigInt(row.disbursed),
        gap: BigInt(row.gap),
      },
    };
  });
}

async function byTeam(
  tx: EntityManager,
  actor: Actor,
  lines: readonly CaseOrMissing[],
  record: RecordAudit,
): Promise<{ team: { code: string; name: string; isFallback: boolean }; content: NewLine[] }[]> {
  const teams = await teamsOfUnits(tx, await businessDate(tx));
  const groups = new Map<string, { team: { code: string; name: string; isFallback: boolean }; content: NewLine[] }>();
  for (const { unitCode, content } of lines) {
    const known = teams.get(unitCode);
    const team = known ? { ...known, isFallback: false } : await fallbackTeam(tx, actor, record);
    const group = groups.get(team.code);
    if (group) group.content.push(content);
    else groups.set(team.code, { team, content: [content] });
  }
  return [...groups.values()].sort((a, b) => (a.team.code < b.team.code ? -1 : 1));
}

/** The named fallback; an office that has not named one yet gets the default name, on record. */
async function fallbackTeam(tx: EntityManager, actor: Actor, record: RecordAudit): Promise<InspectionTeam> {
  const named = await tx.findOneBy(InspectionTeam, { isFallback: true });
  if (named) return named;
  const team = { code: 'DAU-MOI', name: 'Bộ phận đầu mối (đơn vị chưa có đoàn phụ trách)', isFallback: true };
  await tx.insert(InspectionTeam, team);
  record({
    action: 'team.add-fallback',
    objectType: 'team',
    objectId: team.code,
    after: { ...team, by: actor.username },
  });
  return team;
}

async function province(tx: EntityManager): Promise<{ code: string; name: string }> {
  return { code: 'province', name: `Tỉnh ${(await instanceSetting(tx)).provinceName}` };
}
