import { SIGN_IN_VARIABLES, signOnProblems } from './sign-in-variables.js';
import { HTTP_VARIABLES } from './http-variables.js';
import { NotReadable, oneOf, password, text, url, wholeNumber, type Variable } from './variable.js';

/** As many as a person's password needs (libs/access). */
const LEAST_SECRET_CHARACTERS = 12;

/** Every variable the program reads; the README's table and the checks of docker/ are made from this list. */
export const VARIABLES = {
  environment: {
    name: 'NODE_ENV',
    meaning: '`production` refuses demonstration data and accounts and demands a DATABASE_URL',
    byDefault: 'development',
    read: oneOf('development', 'development', 'production', 'test'),
  },
  host: {
    name: 'HOST',
    meaning: 'address the HTTP server listens on',
    byDefault: '127.0.0.1',
    read: text('127.0.0.1'),
  },
  port: {
    name: 'PORT',
    meaning: 'port of the HTTP server',
    byDefault: '3000',
    read: wholeNumber(3000, 0, 65535),
  },
  dataDir: {
    name: 'DATA_DIR',
    meaning: 'folder of the PostgreSQL from npm and of what belongs to it',
    byDefault: '.data',
    read: text('.data'),
  },
  demonstration: {
    name: 'DEMO',
    meaning:
      '`auto` fills an empty embedded database with the demonstration, `off` starts empty; `on` refuses to start where there cannot be one: in production, or with a DATABASE_URL',
    byDefault: 'auto',
    read: oneOf('auto', 'auto', 'on', 'off'),
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    meaning: 'external PostgreSQL (14 or newer); absent: the PostgreSQL from npm (`npm start` only)',
    byDefault: '',
    read: url('postgres:', 'postgresql:'),
    secret: true,
  },
  databasePool: {
    name: 'DATABASE_POOL',
    meaning: 'most connections of one process to PostgreSQL, the queue not counted',
    byDefault: '10',
    read: wholeNumber(10, 2, 200),
  },
  redisUrl: {
    name: 'REDIS_URL',
    meaning: 'Redis for BullMQ; absent: BullMQ on PostgreSQL',
    byDefault: '',
    read: url('redis:', 'rediss:'),
    secret: true,
  },
  provinceName: {
    name: 'PROVINCE_NAME',
    meaning: 'name of the province, written once into an empty database',
    byDefault: 'Lạng Sơn',
    read: text('Lạng Sơn'),
  },
  secureCookie: {
    name: 'SECURE_COOKIE',
    meaning: '`on` sends the session cookie over HTTPS only; `auto`: on in production',
    byDefault: 'auto',
    read: oneOf('auto', 'auto', 'on', 'off'),
  },
  sessionHours: {
    name: 'SESSION_HOURS',
    meaning: 'hours after which a person signs in again',
    byDefault: '12',
    read: wholeNumber(12, 1, 168),
  },
  monthlyCheckDay: {
    name: 'MONTHLY_CHECK_DAY',
    meaning: 'day of the month (Asia/Ho_Chi_Minh) of the check that last month is closed and evaluated',
    byDefault: '7',
    read: wholeNumber(7, 1, 28),
  },
  monthlyCheckHour: {
    name: 'MONTHLY_CHECK_HOUR',
    meaning: 'hour of that check',
    byDefault: '7',
    read: wholeNumber(7, 0, 23),
  },
  reportDeadlineWorkingDays: {
    name: 'REPORT_DEADLINE_WORKING_DAYS',
    meaning: 'working days after a month’s end by which units report it',
    byDefault: '5',
    read: wholeNumber(5, 1, 40),
  },
  closingDeadlineWorkingDays: {
    name: 'CLOSING_DEADLINE_WORKING_DAYS',
    meaning: 'working days after a month’s end by which the department closes it',
    byDefault: '6',
    read: wholeNumber(6, 1, 40),
  },
  reminderHour: {
    name: 'REMINDER_HOUR',
    meaning: 'hour of each day (Asia/Ho_Chi_Minh) at which missing reports are reminded of',
    byDefault: '8',
    read: wholeNumber(8, 0, 23),
  },
  assignmentDeadline: {
    name: 'ASSIGNMENT_DEADLINE',
    meaning: 'calendar days from a decision within which its capital must be assigned to projects',
    byDefault: '90',
    read: wholeNumber(90, 1, 366),
  },
  importRowsDays: {
    name: 'IMPORT_ROWS_DAYS',
    meaning:
      'days after which an import that nobody committed is given up, and a committed one shows its booked rows no more',
    byDefault: '30',
    read: wholeNumber(30, 1, 3650),
  },
  fileMegabytes: {
    name: 'FILE_MEGABYTES',
    meaning: 'largest file that may be attached, in MB',
    byDefault: '20',
    read: wholeNumber(20, 1, 100),
  },
  warningUsualTimes: {
    name: 'WARNING_USUAL_TIMES',
    meaning: 'a month above so many times the usual one of its project needs a reason',
    byDefault: '3',
    read: wholeNumber(3, 1, 100),
  },
  warningEarlierMonths: {
    name: 'WARNING_EARLIER_MONTHS',
    meaning: 'earlier months with payments that it takes to say what is usual',
    byDefault: '3',
    read: wholeNumber(3, 1, 12),
  },
  warningDecemberPercent: {
    name: 'WARNING_DECEMBER_PERCENT',
    meaning: 'payments of December above this share of the plan in force, in percent, need a reason',
    byDefault: '30',
    read: wholeNumber(30, 1, 100),
  },
  redispatchSeconds: {
    name: 'REDISPATCH_SECONDS',
    meaning: 'seconds after which work handed to the queue and not done is handed over again',
    byDefault: '60',
    read: wholeNumber(60, 1, 86400),
  },
  initialAdminPassword: {
    name: 'INITIAL_ADMIN_PASSWORD',
    meaning: 'password of the account `admin` that `cli -- migrate` makes in a database without accounts',
    byDefault: '',
    read: password(LEAST_SECRET_CHARACTERS),
    secret: true,
  },
  ...SIGN_IN_VARIABLES,
  ...HTTP_VARIABLES,
} satisfies Record<string, Variable<unknown>>;

export type Config = { [K in keyof typeof VARIABLES]: ReturnType<(typeof VARIABLES)[K]['read']> };

/** Where the configuration is injected. */
export const CONFIG = Symbol('CONFIG');

export class ConfigError extends Error {
  constructor(readonly sentences: string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Reads the environment. All that is wrong is said at once, one sentence a variable, never the value of a secret.
 * An empty variable counts as absent. `readFile` reads the `_FILE` forms.
 */
export function readConfig(env: Record<string, string | undefined>, readFile: (path: string) => string): Config {
  const wrong: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(VARIABLES) as [string, Variable<unknown>][]) {
    try {
      values[key] = variable.read(given(variable, env, readFile));
    } catch (error) {
      if (!(error instanceof NotReadable)) throw error;
      const found = variable.secret ? '' : `, found ${JSON.stringify(env[variable.name] ?? '')}`;
      wrong.push(`${variable.name} ${error.message}${found}.`);
    }
  }
  wrong.push(...signOnProblems(values));
  if (values['environment'] === 'production')
    wrong.push(...weakPasswords(values as Pick<Config, 'databaseUrl' | 'redisUrl'>));
  if (wrong.length > 0) throw new ConfigError(wrong);
  return values as Config;
}

function given(
  variable: Variable<unknown>,
  env: Record<string, string | undefined>,
  readFile: (path: string) => string,
): string | undefined {
  const file = variable.secret ? env[`${variable.name}_FILE`] : undefined;
  if (!file) return env[variable.name] || undefined;
  try {
    return readFile(file).trim() || undefined;
  } catch (error) {
    throw new NotReadable(`cannot be read from ${variable.name}_FILE (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** ASVS 5.0, 13.2.3: no default or guessable passwords between the parts. None at all is another way to sign in. */
function weakPasswords({ databaseUrl, redisUrl }: Pick<Config, 'databaseUrl' | 'redisUrl'>): string[] {
  return Object.entries({ DATABASE_URL: databaseUrl, REDIS_URL: redisUrl })
    .map(([name, address]) => ({ name, password: address ? decodeURIComponent(new URL(address).password) : '' }))
    .filter(({ password }) => password !== '' && [...password].length < LEAST_SECRET_CHARACTERS)
    .map(
      ({ name }) =>
        `${name} has a password of fewer than ${LEAST_SECRET_CHARACTERS} characters, too few for production.`,
    );
}
