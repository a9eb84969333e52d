import type { EntityManager } from 'typeorm';
import { inBillions, inDong, percent, writtenDay } from '#libs/documents';
import { dateInProvince, type IsoDate } from '#libs/kernel';
import { teamsOfUnits } from '#libs/organisation';
import type { ItemSource, MeetingBody, MeetingItem } from './meeting.entity.js';

/** What a meeting could talk about, as it stands now. */
export type Candidate = Pick<MeetingItem, 'unitCode' | 'projectCode' | 'title' | 'facts'> & {
  source: Exclude<ItemSource, 'free'>;
  refId: number;
};

/** Of each source: a meeting that takes more decides nothing. */
const MOST_OF_A_SOURCE = 60;

/** Whose matters a body takes: null for those of the whole province. */
interface Matters {
  body: MeetingBody;
  units: readonly string[] | null;
  today: IsoDate;
}

type Source = (tx: EntityManager, matters: Matters) => Promise<Candidate[]>;

/** In the order of an agenda: what was decided and not done comes first. */
const SOURCES: readonly Source[] = [undoneDecisions, warningCases, overdueNotices, objections, difficulties];

/**
 * All that a body's next meeting could talk about: its own undone decisions, warning cases, overdue notices, open
 * objections and difficulties; a team those of its units, the committee on site clearance the difficulties with it.
 */
export async function agendaCandidates(tx: EntityManager, body: MeetingBody, today: IsoDate): Promise<Candidate[]> {
  const units = body.kind === 'team' ? await unitsOf(tx, body.teamCode ?? '', today) : null;
  const found: Candidate[] = [];
  for (const source of SOURCES) found.push(...(await source(tx, { body, units, today })));
  return found;
}

async function unitsOf(tx: EntityManager, team: string, today: IsoDate): Promise<string[]> {
  const teams = await teamsOfUnits(tx, today);
  return [...teams].filter(([, { code }]) => code === team).map(([unit]) => unit);
}

async function undoneDecisions(tx: EntityManager, { body, today }: Matters): Promise<Candidate[]> {
  const rows: {
    id: number;
    unitCode: string | null;
    projectCode: string | null;
    text: string;
    owner: string;
    due: string;
    heldOn: string;
  }[] = await tx.query(
    `SELECT d.id, d.unit_code AS "unitCode", d.project_code AS "projectCode", d.text, d.owner, d.due_date::text AS due,
            m.held_on::text AS "heldOn"
     FROM meeting_decision AS d JOIN meeting AS m ON m.id = d.meeting_id
     WHERE m.body_id = $1 AND d.state = 'open' AND m.state = 'held' ORDER BY d.due_date, d.id LIMIT $2`,
    [body.id, MOST_OF_A_SOURCE],
  );
  return rows.map(({ id, unitCode, projectCode, text, owner, due, heldOn }) => ({
    source: 'undone-decision',
    refId: id,
    unitCode,
    projectCode,
    title: text,
    facts: `Giao ${owner}, hạn ${writtenDay(due)}${due < today ? ' (quá hạn)' : ''}, theo kết luận cuộc họp ngày ${writtenDay(heldOn)}.`,
  }));
}

async function warningCases(tx: EntityManager, { body, units }: Matters): Promise<Candidate[]> {
  if (body.kind === 'site-clearance') return [];
  const rows: {
    id: number;
    unitCode: string;
    name: string;
    planYear: number;
    month: number;
    streak: number;
    plan: string;
    disbursed: string;
    gap: string;
  }[] = await tx.query(
    `SELECT c.id, c.unit_code AS "unitCode", u.name, c.plan_year AS "planYear", l.month, l.streak, l.plan, l.disbursed, l.gap
     FROM warning_case AS c JOIN unit AS u ON u.code = c.unit_code
     JOIN LATERAL (
       SELECT e.id, e.month FROM warning_case_step AS s JOIN evaluation AS e ON e.id = s.evaluation_id
       WHERE s.case_id = c.id ORDER BY e.month DESC, e.month_version DESC, e.id DESC LIMIT 1) AS e ON true
     JOIN evaluation_line AS l ON l.evaluation_id = e.id AND l.month = e.month AND l.unit_code = c.unit_code
     WHERE c.state = 'open' AND ($1::text[] IS NULL OR c.unit_code = ANY($1))
     ORDER BY l.gap DESC, u.name COLLATE "vi-x-icu", c.id LIMIT $2`,
    [units, MOST_OF_A_SOURCE],
  );
  return rows.map((row) => {
    const [plan, disbursed] = [BigInt(row.plan), BigInt(row.disbursed)];
    const rate = plan > 0n ? `, đạt ${percent({ numerator: disbursed, denominator: plan })}` : '';
    return {
      source: 'warning-case',
      refId: row.id,
      unitCode: row.unitCode,
      projectCode: null,
      title: `${row.name}: thấp hơn bình quân chung ${row.streak} tháng liên tiếp`,
      facts: `Đến hết tháng ${row.month} năm kế hoạch ${row.planYear} giải ngân ${inDong(disbursed)} trên kế hoạch ${inDong(plan)}${rate}; còn thiếu ${inDong(BigInt(row.gap))} để bằng bình quân chung.`,
    };
  });
}

/** Notices of which a deadline has passed and that are not over; one that another one replaced is not asked for. */
async function overdueNotices(tx: EntityManager, { body, units }: Matters): Promise<Candidate[]> {
  if (body.kind === 'site-clearance') return [];
  const rows: { id: number; audience: string; recipient: string; name: string; subject: string; since: Date }[] =
    await tx.query(
      `SELECT n.id, n.audience, n.recipient, n.recipient_name AS name, n.subject, s.at AS since
       FROM notice AS n
       JOIN LATERAL (SELECT min(at) AS at FROM notice_step WHERE notice_id = n.id AND what LIKE '%-overdue') AS s
         ON s.at IS NOT NULL
       WHERE n.audience IN ('team', 'unit') AND n.state NOT IN ('draft', 'resolved', 'closed', 'withdrawn')
         AND ($1::text[] IS NULL OR n.audience = 'team' AND n.recipient = $2 OR n.audience = 'unit' AND n.recipient = ANY($1))
       ORDER BY s.at, n.id LIMIT $3`,
      [units, body.teamCode, MOST_OF_A_SOURCE],
    );
  return rows.map(({ id, audience, recipient, name, subject, since }) => ({
    source: 'overdue-notice',
    refId: id,
    unitCode: audience === 'unit' ? recipient : null,
    projectCode: null,
    title: `${name}: chưa thực hiện thông báo đúng hạn`,
    facts: `${subject}; quá hạn từ ngày ${writtenDay(dateInProvince(since))}.`,
  }));
}

const FIGURES = { plan: 'kế hoạch vốn', disbursed: 'số giải ngân' } as const;

async function objections(tx: EntityManager, { body, units, today }: Matters): Promise<Candidate[]> {
  if (body.kind === 'site-clearance') return [];
  const rows: {
    id: number;
    unitCode: string;
    projectCode: string | null;
    name: string;
    planYear: number;
    month: number;
    figure: keyof typeof FIGURES;
    stated: string;
    claimed: string;
    due: string;
  }[] = await tx.query(
    `SELECT a.id, a.unit_code AS "unitCode", a.project_code AS "projectCode", u.name, a.plan_year AS "planYear", a.month,
            a.figure, a.stated, a.claimed, a.due_on::text AS due
     FROM answer AS a JOIN unit AS u ON u.code = a.unit_code
     WHERE a.state = 'open' AND a.kind = 'objection' AND ($1::text[] IS NULL OR a.unit_code = ANY($1))
     ORDER BY a.due_on, a.id LIMIT $2`,
    [units, MOST_OF_A_SOURCE],
  );
  return rows.map((row) => ({
    source: 'objection',
    refId: row.id,
    unitCode: row.unitCode,
    projectCode: row.projectCode,
    title: `${row.name}: kiến nghị xem lại ${FIGURES[row.figure]} tháng ${row.month} năm kế hoạch ${row.planYear}`,
    facts: `Sổ ghi ${inDong(BigInt(row.stated))}, đơn vị nêu ${inDong(BigInt(row.claimed))}; hạn trả lời ${writtenDay(row.due)}${row.due < today ? ' (quá hạn)' : ''}.`,
  }));
}

async function difficulties(tx: EntityManager, { body, units, today }: Matters): Promise<Candidate[]> {
  const rows: {
    id: number;
    unitCode: string | null;
    projectCode: string | null;
    title: string;
    subject: string;
    category: string;
    blocked: string | null;
    owner: string;
    decider: string;
    due: string | null;
    proposal: string;
  }[] = await tx.query(
    `SELECT d.id, d.unit_code AS "unitCode", d.project_code AS "projectCode", d.title, coalesce(p.name, u.name) AS subject,
            c.name_vi AS category, d.blocked, d.owner, d.decider, d.due_date::text AS due, d.proposal
     FROM difficulty AS d JOIN difficulty_category AS c ON c.code = d.category_code
     LEFT JOIN unit AS u ON u.code = d.unit_code LEFT JOIN project AS p ON p.code = d.project_code
     WHERE d.state IN ('open', 'proposed', 'decided') AND ($1::text[] IS NULL OR d.unit_code = ANY($1))
       AND ($2 OR d.category_code = 'site-clearance')
     ORDER BY coalesce(d.due_date < $3::date, false) DESC, d.blocked DESC NULLS LAST, d.id LIMIT $4`,
    [units, body.kind !== 'site-clearance', today, MOST_OF_A_SOURCE],
  );
  return rows.map((row) => ({
    source: 'difficulty',
    refId: row.id,
    unitCode: row.unitCode,
    projectCode: row.projectCode,
    title: `${row.subject}: ${row.title}`,
    facts: [
      `Nhóm: ${row.category}`,
      ...(row.blocked === null ? [] : [`vốn vướng ${inBillions(BigInt(row.blocked))}`]),
      `chủ trì: ${row.owner}`,
      `thẩm quyền: ${row.decider}`,
      ...(row.due === null ? [] : [`hạn ${writtenDay(row.due)}${row.due < today ? ' (quá hạn)' : ''}`]),
    ]
      .join('; ')
      .concat('.', row.proposal === '' ? '' : ` Đề xuất: ${row.proposal}`),
  }));
}
