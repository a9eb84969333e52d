// Draws requests from the OpenAPI document: proper ones by its schemas, then spoilt in many ways.

/** mulberry32: the same seed draws the same requests on every machine. */
export function randomSource(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (most) => Math.floor(next() * most);
  return { below, one: (list) => list[below(list.length)], chance: (percent) => next() * 100 < percent };
}

const UNITS = ['A', 'A', 'B', 'C', 'D', 'R', 'ZZZ'];
const PROJECTS = ['P-A', 'P-A', 'P-B', 'P-C', 'P-D', 'P-Z'];
const MONTHS = ['2024-01', '2024-02', '2024-03', '2024-04', '2024-13', '2025-01'];
const DATES = ['2024-01-02', '2024-03-31', '2024-12-31', '2025-07-01'];
const LISTS = ['units', 'projects', 'disbursements', 'allocation-lines', 'evaluation', 'notices', 'nothing'];
const KINDS = ['disbursements', 'allocations', 'projects', 'units', 'progress', 'statements', 'nothing'];

/** What a field of this name usually holds; undefined where the schema alone tells. */
const BY_NAME = {
  unitCode: UNITS,
  unit: UNITS,
  projectCode: PROJECTS,
  project: PROJECTS,
  sourceCode: ['NSDP', 'NSDP', 'NSTW'],
  source: ['NSDP'],
  planYear: [2024, 2024, 2024, 2025],
  year: [2024, 2025],
  periodStart: [2021, 2026],
  throughMonth: [1, 2, 13],
  from: [1],
  to: [1],
  decisionDate: DATES,
  effectiveDate: DATES,
  documentDate: DATES,
  date: DATES,
  on: DATES,
  at: DATES,
  asOf: DATES,
  day: DATES,
  validFrom: [...DATES, null],
  validTo: [...DATES, null],
  amountDong: [1, 100, 5_000, 999_999, -5, 0],
  expectedDong: [0, 9_995, 20_000],
  physicalPercent: ['45.5', null],
  percent: ['47.3'],
  cursor: ['MQ', 'MTA', 'WyJBIiwiQSJd'],
  list: LISTS,
  username: ['staff', 'reporter', 'nobody'],
  password: ['thu-nghiem-2024', 'sai-mat-khau-2024'],
  corrects: [1, 2, 5],
  mapping: [{}],
  constants: [{}],
};

const DEEP = (() => {
  let value = 0;
  for (let i = 0; i < 60; i++) value = [value];
  return value;
})();

/** Texts and numbers that have broken programs. None contains a word that the judge takes for a leak. */
export const EVIL = [
  '',
  ' ',
  'x'.repeat(300),
  'x'.repeat(70_000),
  '\u0000',
  'A\u0000B',
  '\ud800',
  '\udc00\ud800',
  'Đơn vị'.normalize('NFD'),
  '\u202eA\u2066B',
  '\ufeffA',
  '😀'.repeat(50),
  "'; DROP TABLE unit;--",
  "A' OR '1'='1",
  '%',
  '_',
  '\\',
  '../../etc/passwd',
  '..%2f..%2f',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '=1+1',
  '2024-02-30',
  '2024-00',
  '2024-14',
  '0000-01-01',
  '99999-01-01',
  '-271821-04-20',
  'NaN',
  'Infinity',
  '1e400',
  '0x10',
  '١٢٣',
  '__proto__',
  'constructor',
  'toString',
  0,
  -1,
  1.5,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  9_007_199_254_740_993,
  1e308,
  -0,
  null,
  true,
  false,
  [],
  [[]],
  {},
  [null],
  { a: { b: [1] } },
  { length: 5 },
  { toString: 1, valueOf: 2 },
  DEEP,
];

/** A part of a body as raw text: what JSON.stringify would never write. */
const RAW = [
  'NaN',
  '1e400',
  '-1e400',
  '9007199254740993',
  '01',
  '"\\ud800"',
  '"\u0001"',
  '{"__proto__":{"a":1}}',
  '1,',
  '',
];

const HEADERS = [
  [
    'content-type',
    [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/xml',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      '',
    ],
  ],
  ['accept-language', ['en', 'fr', '*', 'x'.repeat(500), 'vi;q=x']],
  ['if-match', ['*', '"x"', '""', '"-1"', '"99999999999999999999"', 'W/"1"', "' OR 1=1", '"NaN"']],
  ['if-none-match', ['*', '"x"']],
  ['range', ['bytes=0-1', 'bytes=-1', 'x']],
  ['origin', ['https://evil.example', 'null', 'x']],
  ['authorization', ['Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic eDp5', 'Bearer ' + 'A'.repeat(5000)]],
  ['cookie', ['session=', 'session=x; session=y', '=', ';;;', 'session=%00', 'session=' + 'A'.repeat(3000)]],
  ['x-csrf-token', ['', 'x', 'A'.repeat(43)]],
  ['x-forwarded-for', ['1.2.3.4', 'x', '::1, 127.0.0.1']],
  ['x-forwarded-host', ['evil.example']],
  ['host', ['evil.example', '', 'a b']],
  ['transfer-encoding', ['gzip']],
  ['content-encoding', ['gzip', 'br']],
  ['expect', ['100-continue', 'x']],
  ['accept', ['text/html', 'image/png']],
];

/** A request that the document describes: method, path, headers, body; `operation` names it. */
export function drawRequest(random, document, operations) {
  const { path, method, operation } = random.one(operations);
  const request = {
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    headers: {},
    wantsETag: false,
  };
  const parts = [];
  let address = path;
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'header') request.wantsETag ||= parameter.name === 'if-match';
    if (parameter.in === 'path')
      address = address.replace(`{${parameter.name}}`, encode(pathValue(random, path, parameter)));
    if (parameter.in === 'query' && (parameter.required || random.chance(40)))
      parts.push([parameter.name, queryValue(random, path, parameter)]);
  }
  request.path = address;
  request.query = parts;
  const content = operation.requestBody?.content ?? {};
  if (content['application/json']) request.body = drawValue(random, document, content['application/json'].schema, '');
  if (content['multipart/form-data']) request.file = drawFile(random);
  if (random.chance(20)) request.headers['idempotency-key'] = random.one(['a', 'b', 'c', `k${random.below(50)}`]);
  return request;
}

function pathValue(random, path, { name }) {
  if (name === 'month') return random.one(MONTHS);
  if (name === 'code') return random.one(path.includes('/projects/') ? PROJECTS : UNITS);
  if (name === 'id') return String(1 + random.below(12));
  if (name === 'kind') return random.one(KINDS);
  return random.one(BY_NAME[name] ?? ['1']);
}

function queryValue(random, path, { name, schema }) {
  if (schema?.enum) return random.one(schema.enum);
  if (name === 'month') return schema?.type === 'string' ? random.one(MONTHS) : 1 + random.below(13);
  if (name === 'kind') return random.one(KINDS);
  if (name === 'limit') return 1 + random.below(200);
  return random.one(BY_NAME[name] ?? ['1', 'A', 'true']);
}

function drawValue(random, document, schema, name) {
  if (schema.$ref) return drawValue(random, document, document.components.schemas[schema.$ref.split('/').at(-1)], name);
  if (schema.anyOf ?? schema.oneOf ?? schema.allOf)
    return drawValue(random, document, random.one(schema.anyOf ?? schema.oneOf ?? schema.allOf), name);
  if (schema.enum) return random.one(schema.enum);
  const type = Array.isArray(schema.type) ? random.one(schema.type) : schema.type;
  if (type === 'object' && schema.properties) {
    const required = new Set(schema.required ?? []);
    const entries = Object.entries(schema.properties).filter(([key]) => required.has(key) || random.chance(50));
    return Object.fromEntries(entries.map(([key, inner]) => [key, drawValue(random, document, inner, key)]));
  }
  if (type === 'array')
    return Array.from({ length: Math.max(schema.minItems ?? 0, random.below(3)) }, () =>
      drawValue(random, document, schema.items, name),
    );
  if (name === 'month') return type === 'string' ? random.one(MONTHS) : 1 + random.below(13);
  if (BY_NAME[name] && type !== 'null') return random.one(BY_NAME[name]);
  if (type === 'integer' || type === 'number') return (schema.minimum ?? 0) + random.below(5);
  if (type === 'boolean') return random.chance(50);
  if (type === 'null') return null;
  if (type === 'object') return {};
  return random.one(['Chữ', 'N1', '12/QĐ-UBND', 'district']);
}

function drawFile(random) {
  const cell = () => (random.chance(15) ? written(random.one(EVIL)).slice(0, 400) : undefined);
  const row = () =>
    ['2024', 3, random.one(UNITS), random.one(PROJECTS), 'NSDP', 'payment', 0, 'actual', random.below(9999)]
      .map((value) => cell() ?? value)
      .join(',');
  const header = 'plan_year,month,unit_code,project_code,source_code,kind,carried_over,basis,amount_vnd';
  const text = [header, ...Array.from({ length: random.below(5) }, row)].join('\n');
  return random.one([text, text, text, '', 'PK\u0003\u0004', '\u0000\u0001', header, text.replaceAll(',', ';')]);
}

/** Spoils a request in one to three places; says how. */
export function spoil(random, request) {
  const spoilt = structuredClone(request);
  for (let times = 1 + random.below(3); times > 0; times--) random.one(WAYS)(random, spoilt);
  return spoilt;
}

const WAYS = [
  spoilBody,
  spoilBody,
  spoilBody,
  spoilBody,
  (random, request) => {
    if (request.query.length > 0) random.one(request.query)[1] = random.one(EVIL);
    else request.query.push([random.one(['limit', 'cursor', '__proto__', 'a[b]', 'a.b', '']), random.one(EVIL)]);
  },
  (random, request) =>
    request.query.push([random.one(['limit', 'cursor', 'unit', 'planYear', 'month', 'x']), random.one(EVIL)]),
  (random, request) => {
    const parts = request.path.split('/');
    parts[3 + random.below(parts.length - 3)] = encode(written(random.one(EVIL)).slice(0, 400));
    request.path = parts.join('/');
  },
  (random, request) => {
    request.path = random.one([
      request.path + '/',
      request.path + '/../../../etc/passwd',
      request.path + '%00',
      request.path + '/%ff%fe',
      request.path + '/%',
      request.path.toUpperCase(),
      request.path.replaceAll('/', '//'),
      request.path + ';x=1',
      '/api/v1/../../etc/passwd',
      '/..%2f..%2fetc/passwd',
    ]);
  },
  (random, request) => {
    const [name, values] = random.one(HEADERS);
    request.headers[name] = random.one(values);
  },
  (random, request) => {
    request.method = random.one(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
  },
];

function spoilBody(random, request) {
  if (request.body === undefined) {
    if (random.chance(20)) request.body = random.one(EVIL);
    return;
  }
  const places = [];
  collect(request, 'body', places);
  const { holder, key } = random.one(places);
  random.one([
    () => (holder[key] = random.one(EVIL)),
    () => (holder[key] = random.one(EVIL)),
    () => (holder[key] = [holder[key]]),
    () => (holder[key] = { value: holder[key] }),
    () => (holder[key] = JSON.stringify(holder[key])),
    () => {
      if (key !== 'body') delete holder[key];
    },
    () => {
      const target = holder[key];
      if (typeof target === 'object' && target !== null && !Array.isArray(target))
        target[random.one(['extra', 'id', 'recordedBy', 'role', 'constructor', 'actor'])] = random.one(EVIL);
    },
    () => {
      if (Array.isArray(holder[key]))
        for (let i = 0; i < 5; i++) holder[key].push(...structuredClone(holder[key]).slice(0, 300));
    },
    () =>
      (request.raw = JSON.stringify(request.body)?.replace(
        /("[a-zA-Z]+":)("[^"]*"|-?[0-9.]+|null)/,
        `$1${random.one(RAW)}`,
      )),
    () => (request.raw = JSON.stringify(request.body)?.slice(0, -1 - random.below(5))),
  ])();
}

function collect(holder, key, places) {
  places.push({ holder, key });
  const value = holder[key];
  if (typeof value === 'object' && value !== null && places.length < 400)
    for (const inner of Object.keys(value)) collect(value, inner, places);
}

function written(value) {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Percent-encoded bytes; a lone surrogate becomes its three bytes, which are no UTF-8. */
export function encode(text) {
  return [...written(text)]
    .map((letter) => {
      const code = letter.codePointAt(0);
      if (code < 0xd800 || code > 0xdfff) return encodeURIComponent(letter);
      return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
        .map((byte) => `%${byte.toString(16)}`)
        .join('');
    })
    .join('');
}
