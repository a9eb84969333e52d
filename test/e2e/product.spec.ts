import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  bareEnvironment,
  dataFolder,
  runProgram,
  startProduct,
  type ProductProcess,
} from '../harness/product-process.js';
import { signInTo } from '../harness/product-person.js';

const STANDALONE = 'apps/standalone/main.js';

/** Processes of a PostgreSQL whose data lie in the folder. */
async function postgresProcesses(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(folder) && line.includes('postgres'));
}

describe('npm start', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let product: ProductProcess;

  beforeAll(async () => {
    folder = await dataFolder();
    product = await startProduct(folder.path);
  }, 180_000);
  afterAll(async () => {
    await product?.end('SIGKILL');
    // The killed program leaves its server behind; joining it and stopping in order takes it down.
    const last = await startProduct(folder.path);
    await last.end('SIGTERM');
    await folder.remove();
  });

  it('prints the latest month: average on both bases, the flagged units with streak, rate and gap, notices by team', () => {
    const printed = product.output();
    expect(printed).toContain('SỐ LIỆU MINH HOẠ');
    expect(printed).toContain('Tháng 9 năm 2024: bình quân chung 48,1 % (KH tỉnh giao), 52,0 % (KH Thủ tướng giao)');
    expect(printed).toContain('8 đơn vị thấp hơn bình quân chung từ ba tháng liên tiếp:');
    expect(printed).toMatch(/Sở Giao thông vận tải +9 tháng +40,1 % +còn thiếu +73\.133\.840\.685 đồng/);
    expect(printed).toMatch(/Huyện Tràng Định +3 tháng +45,2 % +còn thiếu +2\.951\.974\.052 đồng {2}mới vào/);
    expect(printed).toContain('Sở Xây dựng: ra khỏi danh sách');
    expect(printed).toContain('Đoàn kiểm tra số 2: 5 dòng');
    expect(printed).toContain('Đầu mối tại Sở Kế hoạch và Đầu tư: 1 dòng (đơn vị chưa có đoàn: SO-KHCN)');
  });

  it('evaluates the exported folder to the three hashes of the API, and again after a unit came, one ended, October went on', async () => {
    const { ask: staff } = await signInTo(product, 'chuyenvien');
    const before = (await staff('GET', '/evaluations/2024-09?limit=1')).body['hashes'] as Record<string, string>;
    const env = bareEnvironment(folder.path);
    const replay = async (name: string): Promise<Record<string, string>> => {
      const target = join(folder.path, name);
      const exported = await runProgram('apps/cli/main.js', ['export', target, '--month', '2024-09'], env);
      expect(exported).toMatchObject({ code: 0, stderr: '' });
      expect(await readdir(target)).toContain('SO-LIEU-MINH-HOA.txt');
      const evaluated = await runProgram('apps/cli/evaluate.js', [target], env);
      expect(evaluated).toMatchObject({ code: 0, stderr: '' });
      const { inputHash, policyHash, resultHash } = JSON.parse(evaluated.stdout) as Record<string, string>;
      return { input: inputHash ?? '', policy: policyHash ?? '', result: resultHash ?? '' };
    };
    expect(await replay('first')).toEqual(before);

    const added = await staff('POST', '/units', {
      code: 'BQLDA-MOI',
      kind: 'investor',
      group: 'provincial',
      name: 'Ban Quản lý dự án thử nghiệm',
      validFrom: '2024-10-01',
    });
    expect(added.status).toBe(201);
    const seen = await staff('GET', '/units/SO-CT');
    const ended = await staff(
      'PATCH',
      '/units/SO-CT',
      { validTo: '2025-02-28' },
      { 'if-match': seen.headers.get('etag') ?? '' },
    );
    expect(ended).toMatchObject({ status: 200, body: { validTo: '2025-02-28' } });
    const booked = await staff('POST', '/disbursements', {
      month: '2024-10',
      entries: [
        {
          unitCode: '181',
          projectCode: 'MH-22',
          sourceCode: 'NSDP-CD',
          kind: 'payment',
          basis: 'actual',
          amountDong: 5000000,
        },
      ],
    });
    expect(booked.status).toBe(201);
    expect((await staff('GET', '/evaluations/2024-09?limit=1')).body['hashes']).toEqual(before);
    expect(await replay('second')).toEqual(before);
  });

  it('recovers after kill -9: the next start joins the server left running and has everything', async () => {
    await product.end('SIGKILL');
    const began = Date.now();
    product = await startProduct(folder.path);
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(product.output()).toContain('8 đơn vị thấp hơn bình quân chung');
    expect(product.output()).not.toContain('Nạp bản trình diễn');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with status 0 and leaves no process behind', async (signal) => {
    expect(await postgresProcesses(folder.path)).not.toEqual([]);
    expect(await product.end(signal)).toBe(0);
    expect(await postgresProcesses(folder.path)).toEqual([]);
    product = await startProduct(folder.path);
  });

  it('a demonstration that was killed half-way goes on where it stopped', async () => {
    const own = await dataFolder();
    const cutOff = startProduct(own.path).catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 6000));
    const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid,args']);
    // Its own process is the one that holds this data folder in its environment.
    const pids = stdout
      .split('\n')
      .filter((line) => line.includes('apps/standalone/main.js'))
      .map((line) => Number(line.trim().split(' ')[0]));
    for (const pid of pids) {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
      if (environment.split('\0').includes(`DATA_DIR=${own.path}`)) process.kill(pid, 'SIGKILL');
    }
    await cutOff;
    const again = await startProduct(own.path);
    expect(again.output()).toContain('bình quân chung 48,1 % (KH tỉnh giao)');
    expect(await again.end('SIGTERM')).toBe(0);
    await own.remove();
  }, 180_000);

  it('says in one sentence why it cannot start, and ends with 1', async () => {
    const env = bareEnvironment(folder.path);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const file = join(folder.path, 'a-file');
    await writeFile(file, '');
    const cases: [Record<string, string>, RegExp][] = [
      [
        { PORT: String(port) },
        /^Port \d+ on 127\.0\.0\.1 is taken: stop the other program or set PORT to another one\.\n$/,
      ],
      [{ DATA_DIR: join(file, 'x') }, /^Cannot write to the folder [^\n]+\n$/],
      [
        { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' },
        /^No server answers at 127\.0\.0\.1:1: check DATABASE_URL and REDIS_URL\.\n$/,
      ],
      [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must be an address that begins with [^\n]+\n$/],
      [{ REDIS_URL: 'redis://127.0.0.1:1' }, /^No server answers at 127\.0\.0\.1:1: [^\n]+\n$/],
      [{ PORT: '99999', DEMO: 'maybe' }, /^PORT must be [^\n]+\nDEMO must be [^\n]+\n$/],
      [{ NODE_ENV: 'production' }, /^NODE_ENV=production needs DATABASE_URL[^\n]+\n$/],
    ];
    for (const [variables, sentence] of cases) {
      const outcome = await runProgram(STANDALONE, [], { ...env, ...variables });
      expect({ variables, code: outcome.code, stderr: outcome.stderr }).toEqual({
        variables,
        code: 1,
        stderr: expect.stringMatching(sentence),
      });
    }
    taken.close();
  }, 180_000);

  it('production without SECRET_KEY: none of its programs starts, each says so in one sentence and touches nothing', async () => {
    const own = await dataFolder();
    const env = {
      ...bareEnvironment(join(own.path, 'data')),
      NODE_ENV: 'production',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x',
    };
    for (const name of ['SECRET_KEY', 'SECRET_KEY_FILE']) delete (env as NodeJS.ProcessEnv)[name];
    for (const program of [STANDALONE, 'apps/api/main.js', 'apps/worker/main.js']) {
      const outcome = await runProgram(program, [], env);
      expect({ program, ...outcome }).toEqual({
        program,
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^NODE_ENV=production needs SECRET_KEY or SECRET_KEY_FILE: [^\n]+\n$/),
      });
    }
    expect(existsSync(join(own.path, 'data'))).toBe(false);
    await own.remove();
  }, 180_000);
});
