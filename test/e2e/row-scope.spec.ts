import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { addToken } from '#libs/access';
import { systemActor, type Role } from '#libs/kernel';
import { apiRoutes, type ApiRoute } from '../harness/api-routes.js';
import { binaryBody } from '../harness/binary-body.js';
import { BELOW_DONG, CANARIES, CLOSED, canaryOffice, OPEN, PLAN_YEAR, type Canary } from '../harness/canary-office.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { disbursementCsv, importFile } from '../harness/imports.js';
import { rowRequests, type Operations, type RowRequest, type Samples } from '../harness/row-requests.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { workbookText } from '../harness/workbook-text.js';

/** What an answer tells, wherever in it: status line, headers, JSON, every part of a workbook. */
interface Told {
  status: number;
  text: string;
  body: unknown;
}

const { paths: OPERATIONS } = JSON.parse(readFileSync(join(process.cwd(), 'apps/api/openapi.json'), 'utf8')) as {
  paths: Operations;
};

/** Whose rows each may know of; the team's place shows its projects with the name of who holds them. */
const SCOPES = {
  reporter: { sees: ['QMIN'], never: ['QTEA', 'QARE', 'QARU', 'XQZ'], below: BELOW_DONG.QMIN },
  inspector: { sees: ['QMIN', 'QTEA', 'QARE'], never: ['XQZ'], below: BELOW_DONG.QARE },
} as const satisfies Record<string, { sees: Canary[]; never: Canary[]; below: number }>;
type Scoped = keyof typeof SCOPES;

/** Told unit by unit, so that a project which lies in the team's place is not in it. */
const BY_UNIT = [
  'GET /grid',
  'GET /reconciliations/:month',
  'GET /exports/monthly-form',
  'GET /exports/reconciliation-differences',
  'GET /imports/templates',
  'GET /evaluations',
  'GET /units',
];
/** Everybody’s own. */
const INBOX = '/inbox';
/** Of the sender or the department alone: imports of others, reorganisations not yet carried out, letters to units, what other bodies decided, the register. */
const PAPERS = [
  '/imports',
  '/reorganisations',
  '/exports/notices',
  '/documents',
  '/meeting-decisions',
  '/exports/meeting-decisions',
  '/exports/document-register',
  INBOX,
];
/** The province's own figures, which everybody is compared with. */
const OF_THE_PROVINCE = new Set(['poolDisbursedDong', 'poolPlanDong']);

// Every route for every role, documents rendered anew: minutes on a machine that does other work beside it.
jest.setTimeout(240_000);

describe('rows of others', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let reads: ApiRoute[];
  let routes: ApiRoute[];
  const signedIn = {} as Record<Role, Caller>;
  const samples = {} as Record<Scoped, Samples>;
  const toldTo = new Map<string, Told>();

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await canaryOffice(api.db);
    routes = apiRoutes(api.app);
    reads = routes.filter(({ method, allowed }) => method === 'get' && allowed !== 'everyone');
    for (const role of ['admin', 'staff', 'approver', 'clerk', 'reporter', 'inspector', 'leader', 'auditor'] as const)
      signedIn[role] = await api.signIn(role);
    const row = (canary: string) => disbursementCsv([`2024,4,${canary}-U,${canary}-P,NSDP,payment,false,actual,7`]);
    const sent = await importFile(api.db, signedIn.staff, row('XQZ'), { name: 'XQZ.csv' });
    const own = await importFile(api.db, signedIn.reporter, row('QMIN'), { name: 'QMIN.csv' });
    for (const [username, name] of Object.entries({ reporter: 'QMIN', inspector: 'QTEA', approver2: 'XQZ' }))
      await addToken(api.db, systemActor('command-line'), { username, name, days: 1 });
    for (const username of ['XQZ-A', 'XQZ-B'])
      await signedIn.admin
        .post('/accounts', { username: username.toLowerCase(), displayName: username, role: 'staff' })
        .expect(201);
    for (const role of ['reporter', 'inspector'] as const)
      samples[role] = await samplesFor(role, { sent: String(sent.id), own: String(own.id) });
  }, 120_000);
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const idsOf = async (sql: string, ...values: unknown[]): Promise<string[]> =>
    ((await api.db.query(sql, values)) as { id: number }[]).map(({ id }) => String(id));

  /** Rows of the units, and of all others. */
  const ofUnits = async (sql: string, units: readonly string[]) => ({
    own: await idsOf(sql, units, true),
    other: await idsOf(sql, units, false),
    nowhere: '987654',
  });

  /** What the administration of accounts and the audit keep of a person, or of others. */
  async function affairsOf(is: '=' | '<>', username: string) {
    const of = (table: string): Promise<string[]> =>
      idsOf(
        `SELECT r.id FROM ${table} AS r JOIN account AS a ON a.id = r.account_id WHERE a.username ${is} $1 ORDER BY r.id LIMIT 3`,
        username,
      );
    return {
      account: await idsOf(`SELECT id FROM account WHERE username ${is} $1 ORDER BY id LIMIT 3`, username),
      token: await of('api_token'),
      session: await of('session'),
      event: await idsOf(`SELECT seq AS id FROM audit_event WHERE actor ${is} $1 ORDER BY seq DESC LIMIT 3`, username),
    };
  }

  async function samplesFor(role: Scoped, imports: { sent: string; own: string }): Promise<Samples> {
    const isTeam = role === 'inspector';
    const drafts = "SELECT id FROM reorganisation WHERE decision_no LIKE $1 || '%'";
    const decisions = 'SELECT id FROM allocation_decision WHERE number = $1';
    const notices = `SELECT id FROM notice WHERE (state <> 'draft' OR NOT $3::boolean)
      AND (audience = 'team' AND recipient = ANY($1) OR audience = 'unit' AND recipient = ANY($2)) = $3::boolean AND audience IN ('team', 'unit')`;
    const papers = `SELECT id FROM document WHERE kind = '${isTeam ? 'team-assignment' : 'unit-letter'}'
      AND (recipient = ANY($1) AND state = 'issued') = $2::boolean ORDER BY id`;
    const versionsOf = (isOwn: boolean): string =>
      `SELECT v.id FROM document_version AS v JOIN document AS d ON d.id = v.document_id
       WHERE (d.recipient = ANY($1)) = ${isOwn} ORDER BY v.id`;
    const units = {
      own: isTeam ? ['QMIN-U', 'QTEA-U'] : ['QMIN-U'],
      other: isTeam ? ['QARU-U', 'XQZ-U', 'XQZ-V'] : ['QTEA-U', 'QARU-U', 'XQZ-U'],
      nowhere: 'NOX-U',
    };
    const projects = {
      own: isTeam ? ['QMIN-P', 'QTEA-P', 'QARE-P'] : ['QMIN-P'],
      other: isTeam ? ['XQZ-P', 'XQZ-Q', 'XQZ-R'] : ['QTEA-P', 'QARE-P', 'XQZ-P'],
      nowhere: 'NOX-P',
    };
    const who = isTeam ? [['T1'], []] : [[], ['QMIN-U']];
    const [own, other] = [await affairsOf('=', role), await affairsOf('<>', role)];
    const difficultiesOf = (codes: string[]): Promise<string[]> =>
      idsOf('SELECT id FROM difficulty WHERE project_code = ANY($1) ORDER BY id', codes);
    const casesOf = (codes: string[]): Promise<string[]> =>
      idsOf('SELECT id FROM warning_case WHERE unit_code = ANY($1) ORDER BY id', codes);
    const meetingsOf = (kind: string): Promise<string[]> =>
      idsOf('SELECT m.id FROM meeting AS m JOIN meeting_body AS b ON b.id = m.body_id WHERE b.kind = $1', kind);
    const requests = await idsOf('SELECT id FROM account_request ORDER BY id LIMIT 3');
    return {
      rows: {
        units,
        // Asked by its holder, a project in the team's place is told.
        '?unit': isTeam ? { ...units, other: ['XQZ-U', 'XQZ-V'] } : units,
        projects,
        '?project': projects,
        '?source': { own: ['NSDP'], other: [], nowhere: 'NOX' },
        'inspection-teams': { own: [], other: [], nowhere: 'NOX' },
        proposals: { own: [], other: [], nowhere: '987654' },
        deliveries: { own: [], other: [], nowhere: '987654' },
        webhooks: { own: [], other: [], nowhere: '987654' },
        accounts: { own: own.account, other: other.account, nowhere: '987654' },
        tokens: { own: own.token, other: other.token, nowhere: '987654' },
        sessions: { own: own.session, other: other.session, nowhere: '987654' },
        'account-requests': { own: [], other: requests, nowhere: '987654' },
        'audit-events': { own: own.event, other: other.event, nowhere: '987654' },
        difficulties: {
          own: await difficultiesOf(projects.own),
          other: await difficultiesOf(projects.other),
          nowhere: '987654',
        },
        'warning-cases': {
          own: await casesOf(units.own),
          other: await casesOf(units.other),
          nowhere: '987654',
        },
        meetings: {
          own: isTeam ? await meetingsOf('team') : [],
          other: isTeam ? await meetingsOf('committee') : await idsOf('SELECT id FROM meeting ORDER BY id'),
          nowhere: '987654',
        },
        imports: {
          own: isTeam ? [] : [imports.own],
          other: isTeam ? [imports.sent, imports.own] : [imports.sent],
          nowhere: '987654',
        },
        reorganisations: {
          own: [],
          other: await idsOf(drafts, ''),
          nowhere: '987654',
        },
        'allocation-decisions': {
          own: await idsOf(decisions, '01/QĐ'),
          other: await idsOf(decisions, '02/XQZ'),
          nowhere: '987654',
        },
        answers: await ofUnits('SELECT id FROM answer WHERE (unit_code = ANY($1)) = $2', units.own),
        inspections: await ofUnits('SELECT id FROM inspection WHERE (unit_code = ANY($1)) = $2', units.own),
        recommendations: await ofUnits(
          `SELECT r.id FROM inspection_recommendation AS r JOIN inspection_visit AS v ON v.id = r.visit_id
           JOIN inspection AS i ON i.id = v.inspection_id WHERE (i.unit_code = ANY($1)) = $2`,
          units.own,
        ),
        versions: {
          own: await idsOf(versionsOf(true), who[isTeam ? 0 : 1]),
          other: await idsOf(versionsOf(false), who[isTeam ? 0 : 1]),
          nowhere: '987654',
        },
        documents: {
          own: await idsOf(papers, who[isTeam ? 0 : 1], true),
          other: await idsOf(papers, who[isTeam ? 0 : 1], false),
          nowhere: '987654',
        },
        notices: {
          own: await idsOf(notices, ...who, true),
          other: (await idsOf(notices, ...who, false)).slice(0, 5),
          nowhere: '987654',
        },
      },
      constants: {
        month: [...CLOSED.slice(-1), OPEN].map(String),
        year: [String(PLAN_YEAR)],
        planYear: [String(PLAN_YEAR)],
        throughMonth: ['3'],
        'exports?month': [...CLOSED.slice(-1), OPEN].map(String),
        'grid?month': ['3', '4'],
        periodStart: ['2021'],
        // Files of what was asked for: the row that owns them decides.
        fileId: ['987654'],
      },
    };
  }

  async function ask(role: Role, path: string): Promise<Told> {
    const key = `${role} ${path}`;
    const known = toldTo.get(key);
    if (known) return known;
    const answer = await signedIn[role].get(path).buffer(true).parse(binaryBody);
    const bytes = answer.body as Buffer;
    const type = String(answer.headers['content-type'] ?? '');
    const text = type.includes('spreadsheetml') ? await workbookText(bytes) : bytes.toString('utf8');
    const headers = Object.entries(answer.headers as Record<string, string>).map(
      ([name, value]) => `${name}: ${decodeURIComponent(value)}`,
    );
    const body = type.includes('json') ? withoutAnnouncements(JSON.parse(text)) : undefined;
    const told = {
      status: answer.status,
      text: [...headers, body === undefined ? text : JSON.stringify(body)].join('\n'),
      body,
    };
    toldTo.set(key, told);
    return told;
  }

  const canariesIn = (text: string): Canary[] => CANARIES.filter((canary) => text.includes(canary));
  /** Amounts in đồng anywhere in an answer, by the names of their fields. */
  function amountsIn(value: unknown, name = ''): { name: string; dong: number }[] {
    if (typeof value === 'number') return name.endsWith('Dong') ? [{ name, dong: Math.abs(value) }] : [];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => amountsIn(part, Array.isArray(value) ? name : key));
  }
  /** Without the code that was asked for and what differs from request to request. */
  const worded = ({ status, text, body }: Told, asked: string): unknown => {
    const told = body === undefined ? text.split('\n').slice(-1)[0] : JSON.stringify(body);
    return [
      status,
      String(told)
        .replaceAll(new RegExp(`(?<!\\w)${asked}(?!\\w)`, 'g'), 'ASKED')
        .replace(/"requestId":"[^"]*"/, ''),
    ];
  };

  it('are there to be found: the department is told every canary', async () => {
    const seen = new Map<Canary, Set<string>>(CANARIES.map((canary) => [canary, new Set()]));
    for (const route of reads)
      for (const { path } of rowRequests(route, OPERATIONS, samples.inspector))
        for (const canary of canariesIn((await ask('staff', path)).text)) seen.get(canary)?.add(route.name);
    for (const canary of CANARIES) expect([canary, (seen.get(canary)?.size ?? 0) > 15]).toEqual([canary, true]);
  });

  describe.each(['reporter', 'inspector'] as const)('are kept from the %s:', (role) => {
    const { sees, never, below } = SCOPES[role];
    const each = async (check: (route: ApiRoute, request: RowRequest, told: Told) => unknown): Promise<void> => {
      for (const route of reads)
        for (const request of rowRequests(route, OPERATIONS, samples[role]))
          await check(route, request, await ask(role, request.path));
    };

    it('no answer names them, in whatever part', async () => {
      const leaks: string[] = [];
      await each((route, { path, asked }, { text }) => {
        const found = canariesIn(asked === null ? text : text.replaceAll(asked, 'ASKED'));
        const told = found.filter((canary) => (never as readonly Canary[]).includes(canary));
        // The unit that holds a project of the team's place is named with it, and nowhere else.
        if (role === 'inspector' && found.includes('QARU') && (!found.includes('QARE') || isByUnit(route, path)))
          if (!(asked ?? '').startsWith('QARE')) told.push('QARU');
        if (told.length > 0) leaks.push(`GET ${path}: ${told.join(', ')}`);
      });
      expect(leaks).toEqual([]);
    });

    it('no sum counts them', async () => {
      const leaks: string[] = [];
      await each((_route, { path }, { body }) => {
        for (const { name, dong } of amountsIn(body))
          if (dong >= below && !OF_THE_PROVINCE.has(name)) leaks.push(`GET ${path}: ${name} ${dong}`);
      });
      expect(leaks).toEqual([]);
    });

    it('one that is another’s answers as one that does not exist', async () => {
      const different: string[] = [];
      let compared = 0;
      for (const route of reads) {
        const requests = rowRequests(route, OPERATIONS, samples[role]);
        for (const other of requests.filter(({ whose }) => whose === 'other')) {
          const nowhere = requests.find(({ whose, alike }) => whose === 'nowhere' && alike === other.alike);
          const [there, none] = [await ask(role, other.path), await ask(role, nowhere?.path ?? '')];
          compared += 1;
          const answers = [worded(there, other.asked ?? ''), worded(none, nowhere?.asked ?? '')];
          if (JSON.stringify(answers[0]) !== JSON.stringify(answers[1])) different.push(`GET ${other.path}`);
        }
      }
      expect(different).toEqual([]);
      expect(compared).toBeGreaterThan(50);
    });

    it('its own are told wherever the department is told them', async () => {
      const lacking: string[] = [];
      await each(async (route, { path, whose }, told) => {
        if (whose === 'other' || whose === 'nowhere' || told.status === 403) return;
        const department = await ask('staff', path);
        if (told.status !== department.status) lacking.push(`GET ${path}: ${told.status}`);
        if (PAPERS.includes(path.split('?')[0] as string)) return;
        const theirs = canariesIn(department.text);
        for (const canary of sees)
          if (theirs.includes(canary) && !told.text.includes(canary) && !(canary === 'QARE' && isByUnit(route, path)))
            lacking.push(`GET ${path}: ${canary}`);
      });
      expect(lacking).toEqual([]);
    });

    it('no write tells another’s row from one that does not exist', async () => {
      const different: string[] = [];
      let compared = 0;
      for (const route of routes.filter(
        ({ method, allowed }) => method !== 'get' && allowed?.includes(role as never),
      )) {
        const requests = rowRequests(route, OPERATIONS, samples[role]);
        for (const other of requests.filter(({ whose }) => whose === 'other')) {
          const nowhere = requests.find(({ whose, alike }) => whose === 'nowhere' && alike === other.alike);
          const send = async ({ path, asked }: RowRequest): Promise<string> => {
            const call = signedIn[role][route.method as 'post'](path, {}).set('if-match', '"0"');
            const { status, body } = await call;
            return JSON.stringify(worded({ status, body, text: '' }, asked ?? ''));
          };
          compared += 1;
          if ((await send(other)) !== (await send(nowhere as RowRequest)))
            different.push(`${route.name}: ${other.path}`);
        }
      }
      expect(different).toEqual([]);
      expect(compared).toBeGreaterThan(role === 'reporter' ? 5 : 0);
    });
  });

  it.each(['admin', 'approver', 'clerk', 'leader', 'auditor'] as const)(
    'are told to the %s as to the staff',
    async (role) => {
      const different: string[] = [];
      for (const route of reads.filter(({ allowed }) => allowed?.includes(role) && allowed.includes('staff')))
        for (const { path, whose } of rowRequests(route, OPERATIONS, samples.reporter)) {
          if (whose === 'other' || whose === 'nowhere' || path === INBOX) continue;
          const [theirs, staffs] = [await ask(role, path), await ask('staff', path)];
          const told = [theirs.status, ...canariesIn(theirs.text)].join(' ');
          const expected = [staffs.status, ...canariesIn(staffs.text)].join(' ');
          if (told !== expected) different.push(`GET ${path}: ${told}, staff ${expected}`);
        }
      expect(different).toEqual([]);
    },
  );

  it('asks for a sample where a route names a row that the sweep does not know', () => {
    const route: ApiRoute = {
      name: 'GET /secrets/:id',
      method: 'get',
      path: '/secrets/:id',
      needs: 'books.read',
      allowed: ['reporter'],
    };
    expect(() => rowRequests(route, OPERATIONS, samples.reporter)).toThrow('GET /secrets/:id: no sample for :id');
  });
});

/** An announcement that was released names those below the average to everybody. */
function withoutAnnouncements(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { audience, items, ...rest } = body as { audience?: string; items?: { audience?: string }[] };
  if (audience === 'announcement') return null;
  return {
    ...body,
    ...(Array.isArray(items) ? { items: items.filter((item) => item.audience !== 'announcement') } : rest),
  };
}

/** By the route, or by what was asked for where one route serves many lists. */
function isByUnit({ name }: ApiRoute, path: string): boolean {
  return BY_UNIT.some((each) => name.startsWith(each) || `GET ${path}`.startsWith(each));
}
