// The rule at full size: 1,000 units × 13 months × 200,000 entries, for each method of the average.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = 5;
const UNITS = 1000;
const ENTRIES = 200_000;
const LIMIT_SECONDS = 5;
const LIMIT_MEGABYTES = 500;

/** A small generator with a fixed seed (mulberry32), so that every run measures the same folder. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

async function writeFolder(folder) {
  const random = seeded(2024);
  const amount = (most) => Math.floor(random() * most);
  const code = (i) => `U${String(i + 1).padStart(4, '0')}`;
  const units = ['code,kind,group,name_vi,valid_from,valid_to'];
  const allocations = [
    'plan_year,decision_no,decision_date,effective_date,basis,carried_over,unit_code,project_code,source_code,amount_vnd',
  ];
  const reports = ['plan_year,month,unit_code'];
  for (let i = 0; i < UNITS; i++) {
    units.push(`${code(i)},investor,g${i % 7},Đơn vị số ${i + 1},,`);
    for (let line = 0; line < 10; line++)
      allocations.push(
        `2024,${line}/QĐ-UBND,2024-${String(line + 1).padStart(2, '0')}-15,,province,0,${code(i)},P${i}-${line},NSDP,${amount(9e10) + 1}`,
      );
    for (let month = 1; month <= 13; month++) reports.push(`2024,${month},${code(i)}`);
  }
  const disbursements = [
    'plan_year,month,unit_code,project_code,source_code,kind,carried_over,basis,amount_vnd,document_no,document_date,reason,corrects',
  ];
  for (let i = 0; i < ENTRIES; i++) {
    const unit = i % UNITS;
    disbursements.push(
      `2024,${1 + (i % 13)},${code(unit)},P${unit}-${i % 10},NSDP,payment,0,actual,${amount(5e9)},KB-${i},2024-06-15,,`,
    );
  }
  await Promise.all(
    Object.entries({ units, allocations, disbursements, reports }).map(([name, rows]) =>
      writeFile(join(folder, `${name}.csv`), `${rows.join('\n')}\n`),
    ),
  );
}

function policyFor(method) {
  const declaredPercent = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [String(i + 1), `${(i + 1) * 5}.4`]));
  return {
    planYear: 2024,
    throughMonth: 13,
    average: { method, ...(method === 'declared' ? { declaredPercent } : {}) },
  };
}

/** Seconds and peak resident memory of one `evaluate`, from starting Node to its end. */
function measure(folder) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(
      process.execPath,
      [
        '--import',
        "data:text/javascript,process.on('exit',()=>process.stderr.write(`peak ${process.resourceUsage().maxRSS}\\n`))",
        join(ROOT, 'apps/standalone/first-step.cjs'),
        'apps/cli/evaluate.js',
        folder,
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let bytes = 0;
    let said = '';
    child.stdout.on('data', (chunk) => (bytes += chunk.length));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('close', (status) => {
      if (status !== 0) reject(new Error(`evaluate ended with ${status}: ${said.slice(0, 2000)}`));
      else
        resolve({
          seconds: (performance.now() - began) / 1000,
          megabytes: Number(/peak (\d+)/.exec(said)?.[1]) / 1024,
          bytes,
        });
    });
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

export async function benchEvaluate() {
  console.log(
    `machine: ${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'bench-evaluate-'));
  let ok = true;
  try {
    await writeFolder(folder);
    for (const method of ['pooled', 'mean', 'declared']) {
      await writeFile(join(folder, 'policy.json'), JSON.stringify(policyFor(method)));
      const runs = [];
      for (let run = 0; run < RUNS; run++) runs.push(await measure(folder));
      const seconds = median(runs.map((run) => run.seconds));
      const megabytes = median(runs.map((run) => run.megabytes));
      ok &&= seconds < LIMIT_SECONDS && megabytes < LIMIT_MEGABYTES;
      console.log(
        `evaluate ${method}: ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB at the peak ` +
          `(median of ${RUNS}; ${UNITS} units × 13 months × ${ENTRIES} entries, ${(runs[0].bytes / 1e6).toFixed(1)} MB printed)`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`evaluate within ${LIMIT_SECONDS} s and ${LIMIT_MEGABYTES} MB: ${ok ? 'yes' : 'no'}`);
  return ok;
}
