'use strict';
// The first step of every npm script: node apps/standalone/first-step.cjs apps/cli/evaluate.js [arguments]
// Installs and builds what is missing or stale, then runs dist/<target> in this same process, so that signals and
// exit codes are the target's own. It speaks on standard error only: standard output belongs to the target.
//
// Written in the syntax of Node 8 (no ?., no ??, no catch without a name, no import()), so that a Node that is too old
// can still read this file as far as the sentence that says so. A test parses it as ECMAScript 2017.

const childProcess = require('child_process');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const url = require('url');

const ROOT = path.resolve(__dirname, '..', '..');
const DIST = path.join(ROOT, 'dist');
const MODULES = path.join(ROOT, 'node_modules');
const LOCK_FILE = path.join(DIST, '.first-step.lock');
const INSTALLED_STAMP = path.join(MODULES, '.first-step-installed');
const BUILT_STAMP = path.join(DIST, '.built');
const WEB_STAMP = path.join(DIST, '.built-web');
const BACKEND_SOURCES = ['api', 'worker', 'cli', 'standalone']
  .map((name) => 'apps/' + name)
  .concat(['libs', 'tsconfig.json', 'nest-cli.json', 'package.json', 'package-lock.json']);
const WEB_SOURCES = ['apps/web', 'apps/api/openapi.json', 'package.json', 'package-lock.json'];
/** Not a program: installs and builds everything and ends, for scripts that are plain Node themselves. */
const PREPARE_ONLY = 'prepare';
const WEB_TARGETS = ['apps/standalone/main.js', 'apps/api/main.js'];
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
const LOCK_POLL_MS = 100;
/** Between creating the lock and writing into it lie microseconds; an older empty lock is debris. */
const EMPTY_LOCK_GRACE_MS = 2000;

/** What went wrong, in one sentence for the person at the terminal; anything else thrown here is a bug. */
class Refusal extends Error {}

function say(vietnamese, english) {
  process.stderr.write(vietnamese + ' / ' + english + '\n');
}

function refuse(vietnamese, english) {
  return new Refusal(vietnamese + ' / ' + english);
}

function nodeIsTooOld(version) {
  const parts = version.split('.').map(Number);
  return parts[0] < 20 || (parts[0] === 20 && parts[1] < 19);
}

async function prepare(target) {
  if (isInstalled() && !staleSteps(target).length) return;
  const lock = await takeLock();
  try {
    // Whoever held the lock may have done it all.
    if (!isInstalled()) await install(lock);
    for (const step of staleSteps(target)) await step(lock);
  } finally {
    lock.release();
  }
}

function staleSteps(target) {
  const steps = [];
  const backend = fingerprint(BACKEND_SOURCES);
  if (read(BUILT_STAMP) !== backend || !fs.existsSync(path.join(DIST, target))) {
    steps.push((lock) => buildBackend(lock, backend));
  }
  if (WEB_TARGETS.indexOf(target) >= 0 && fs.existsSync(path.join(ROOT, 'apps/web/vite.config.ts'))) {
    const web = fingerprint(WEB_SOURCES);
    if (read(WEB_STAMP) !== web || !fs.existsSync(path.join(DIST, 'web'))) steps.push((lock) => buildWeb(lock, web));
  }
  return steps;
}

// --- packages -------------------------------------------------------------------------------------------------------

function isInstalled() {
  const lockText = read(path.join(ROOT, 'package-lock.json'));
  if (lockText === undefined) throw refuse('Thiếu tệp package-lock.json.', 'The file package-lock.json is missing.');
  const wanted = crypto.createHash('sha256').update(lockText).digest('hex');
  if (read(INSTALLED_STAMP) === wanted) return true;
  if (!modulesMatch(lockText)) return false;
  try {
    fs.writeFileSync(INSTALLED_STAMP, wanted);
  } catch (error) {
    // Installed by another account: compared again next time.
  }
  return true;
}

/** npm writes this file last, so after an install that was cut short it is absent or lacks packages. */
function modulesMatch(lockText) {
  const installedText = read(path.join(MODULES, '.package-lock.json'));
  if (installedText === undefined) return false;
  try {
    const wanted = JSON.parse(lockText).packages;
    const installed = JSON.parse(installedText).packages;
    return Object.keys(wanted).every((name) => {
      if (name === '' || wanted[name].optional) return true;
      return installed[name] !== undefined && installed[name].version === wanted[name].version;
    });
  } catch (error) {
    return false;
  }
}

async function install(lock) {
  say('Đang cài thư viện, có thể mất vài phút…', 'Installing packages, this may take some minutes…');
  // Development packages build the program, also where NODE_ENV=production would leave them out.
  const flags = ['--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];
  const npm = npmCommand();
  const end = await run(lock, npm.program, npm.before.concat('ci', flags), npm.shell);
  if (end !== 0) {
    throw refuse(
      `Không cài được thư viện (npm ci: ${end}): hãy kiểm tra kết nối mạng và quyền ghi vào ${ROOT} rồi chạy lại.`,
      `The packages could not be installed (npm ci: ${end}): check the network and the right to write there.`,
    );
  }
  if (!isInstalled()) {
    throw refuse(
      'npm ci đã chạy xong nhưng node_modules không khớp package-lock.json.',
      'npm ci has ended well, yet node_modules does not match package-lock.json.',
    );
  }
}

/** The npm that called us, else the one beside this Node, else the first in PATH. */
function npmCommand() {
  const beside = path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const besideOnWindows = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = [process.env.npm_execpath || '', beside, besideOnWindows].filter(
    (file) => /npm-cli\.js$/.test(file) && fs.existsSync(file),
  )[0];
  if (script) return { program: process.execPath, before: [script], shell: false };
  return { program: 'npm', before: [], shell: process.platform === 'win32' };
}

// --- building -------------------------------------------------------------------------------------------------------

async function buildBackend(lock, sources) {
  say('Đang dịch chương trình…', 'Building the program…');
  // The stamp goes first and comes back last: a build that was cut short never looks finished. Without the compiler's
  // own memory everything is written again, whatever had been deleted or half written.
  remove(BUILT_STAMP);
  remove(path.join(DIST, '.tsbuildinfo'));
  const end = await run(lock, process.execPath, [path.join(MODULES, '@nestjs', 'cli', 'bin', 'nest.js'), 'build']);
  if (end !== 0) {
    throw refuse(
      'Không dịch được chương trình (nest build: ' + end + '), xem lỗi ở trên.',
      'The program could not be built (nest build: ' + end + '), see the errors above.',
    );
  }
  removeOrphans('apps');
  removeOrphans('libs');
  fs.writeFileSync(BUILT_STAMP, sources);
}

/** Output whose source is gone would still be found by an import that should fail. */
function removeOrphans(folder) {
  for (const entry of entriesOf(path.join(DIST, folder))) {
    const name = folder + '/' + entry.name;
    if (entry.isDirectory()) removeOrphans(name);
    const source = name.replace(/(\.d\.ts|\.js|\.js\.map)$/, '.ts');
    if (entry.isFile() && source !== name && !fs.existsSync(path.join(ROOT, source))) remove(path.join(DIST, name));
  }
}

async function buildWeb(lock, sources) {
  say('Đang dịch giao diện web…', 'Building the web pages…');
  const fresh = path.join(DIST, '.web-new');
  const current = path.join(DIST, 'web');
  remove(WEB_STAMP);
  const vite = path.join(MODULES, 'vite', 'bin', 'vite.js');
  const end = await run(lock, process.execPath, [
    vite,
    'build',
    'apps/web',
    '--outDir',
    fresh,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ]);
  if (end !== 0) {
    throw refuse(
      'Không dịch được giao diện web (vite build: ' + end + '), xem lỗi ở trên.',
      'The web pages could not be built (vite build: ' + end + '), see the errors above.',
    );
  }
  // A server that is running keeps the old pages until the new ones are complete.
  remove(current);
  fs.renameSync(fresh, current);
  fs.writeFileSync(WEB_STAMP, sources);
}

/** Names and contents of the sources: a packed folder loses the fractions of its files' times, and a clone all of them. */
function fingerprint(sources) {
  const hash = crypto.createHash('sha256');
  const add = (name) => {
    const stat = fs.statSync(path.join(ROOT, name), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (!stat.isDirectory()) {
      hash.update(name + '\0' + stat.size + '\0').update(fs.readFileSync(path.join(ROOT, name)));
      return;
    }
    for (const entry of entriesOf(path.join(ROOT, name))) {
      if (!/^\.|\.spec\.ts$|\.md$|^node_modules$/.test(entry.name)) add(name + '/' + entry.name);
    }
  };
  sources.forEach(add);
  return hash.digest('hex');
}

// --- one at a time --------------------------------------------------------------------------------------------------

async function takeLock() {
  let told = false;
  for (;;) {
    try {
      fs.mkdirSync(DIST, { recursive: true });
      fs.writeFileSync(LOCK_FILE, JSON.stringify([stampOf(process.pid)]), { flag: 'wx' });
      return {
        // The step's own process counts too: it may live on when we are killed.
        share: (pid) => fs.writeFileSync(LOCK_FILE, JSON.stringify([stampOf(process.pid), stampOf(pid)])),
        release: () => remove(LOCK_FILE),
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = lockHolder(LOCK_FILE);
    if (holder === undefined) {
      removeStaleLock();
      continue;
    }
    if (!told && holder) {
      told = true;
      say(
        'Đang chờ tiến trình ' + holder + ' cài đặt hoặc dịch xong…',
        'Waiting for process ' + holder + ', which is installing or building…',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
}

/** The pid of a living holder; 0 while the lock is being written or was just released; undefined when it is stale. */
function lockHolder(file) {
  let stamps;
  try {
    stamps = JSON.parse(read(file) || '');
  } catch (error) {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    return stat === undefined || Date.now() - stat.mtimeMs < EMPTY_LOCK_GRACE_MS ? 0 : undefined;
  }
  const living = stamps.filter((stamp) => stampOf(stamp.pid).started === stamp.started)[0];
  return living && living.pid;
}

/** Two processes may find the same stale lock; moving it aside first shows whether it is still the stale one. */
function removeStaleLock() {
  const aside = LOCK_FILE + '.' + process.pid;
  try {
    fs.renameSync(LOCK_FILE, aside);
    if (lockHolder(aside) !== undefined) fs.linkSync(aside, LOCK_FILE);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    remove(aside);
  }
}

/** Pids are reused, so the start time goes with them where the system tells it; a dead process has none. */
function stampOf(pid) {
  const stat = read('/proc/' + pid + '/stat');
  if (stat !== undefined) {
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid: pid, started: fields[0] === 'Z' ? null : fields[19] };
  }
  try {
    process.kill(pid, 0);
    return { pid: pid, started: 'alive' };
  } catch (error) {
    return { pid: pid, started: error.code === 'EPERM' ? 'alive' : null };
  }
}

// --- processes and files --------------------------------------------------------------------------------------------

/** Resolves with the exit code, or with words where there is none. Everything it prints goes to standard error. */
function run(lock, program, args, shell) {
  return new Promise((resolve) => {
    // A process group of its own, so that a signal to us alone can be passed on to all that the step has started.
    const grouped = process.platform !== 'win32';
    const settings = { cwd: ROOT, stdio: ['ignore', 2, 2], detached: grouped, shell: Boolean(shell) };
    const child = childProcess.spawn(program, args, settings);
    if (child.pid) lock.share(child.pid);
    let stopping = '';
    const stop = (signal) => {
      try {
        process.kill(grouped ? -child.pid : child.pid, stopping ? 'SIGKILL' : signal);
      } catch (error) {
        // It has just ended.
      }
      stopping = signal;
    };
    const names = Object.keys(SIGNALS);
    names.forEach((name) => process.on(name, stop));
    const finish = (end) => {
      names.forEach((name) => process.removeListener(name, stop));
      if (stopping) {
        lock.release();
        process.exit(128 + SIGNALS[stopping]);
      }
      resolve(end);
    };
    child.once('error', (error) => finish(error.message));
    child.once('exit', (code, signal) => finish(code === null ? signal : code));
  });
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    return undefined;
  }
}

function entriesOf(folder) {
  try {
    const entries = fs.readdirSync(folder, { withFileTypes: true });
    return entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  } catch (error) {
    return [];
  }
}

function remove(file) {
  fs.rmSync(file, { recursive: true, force: true });
}

// --- the target -----------------------------------------------------------------------------------------------------

async function start(target, args) {
  if (target === PREPARE_ONLY) {
    if (process.env.SKIP_FIRST_STEP !== '1') await prepare(WEB_TARGETS[0]);
    return;
  }
  if (process.env.SKIP_FIRST_STEP !== '1') await prepare(target);
  const file = path.join(DIST, target);
  if (!fs.existsSync(file)) throw refuse('Không có chương trình ' + file + '.', 'There is no program ' + file + '.');
  process.argv = [process.execPath, file].concat(args);
  let loaded = false;
  // Started directly, a module that waits for ever ends with 13; an import() that never settles would end with 0.
  process.once('beforeExit', (code) => {
    if (!loaded && !code) process.exitCode = 13;
  });
  // Hidden from the parser of a Node that does not know it. What the target throws is reported as if started directly.
  const load = new Function('address', 'return import(address)');
  load(url.pathToFileURL(file).href).then(
    () => {
      loaded = true;
    },
    (error) => {
      process.nextTick(() => {
        throw error;
      });
    },
  );
}

if (nodeIsTooOld(process.versions.node)) {
  const version = process.versions.node;
  say(
    'Cần Node.js 20.19 trở lên, máy này đang dùng ' + version + ': hãy cài bản mới từ https://nodejs.org.',
    'Node.js 20.19 or newer is needed, this is ' + version + ': install a newer one from https://nodejs.org.',
  );
  process.exitCode = 1;
} else if (!process.argv[2]) {
  say('Thiếu tên chương trình cần chạy.', 'The program to run is missing.');
  process.exitCode = 1;
} else {
  start(process.argv[2], process.argv.slice(3)).catch((error) => {
    if (error instanceof Refusal) {
      process.stderr.write(error.message + '\n');
    } else if (error.syscall) {
      say(
        'Không ghi được vào ' + (error.path || ROOT) + ' (' + error.code + '): hãy kiểm tra quyền và dung lượng đĩa.',
        'Cannot write to ' + (error.path || ROOT) + ' (' + error.code + '): check the rights and the free space.',
      );
    } else {
      process.stderr.write(error.stack + '\n');
    }
    process.exitCode = 1;
  });
}
