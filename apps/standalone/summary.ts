import type { DataSource } from 'typeorm';
import { Month, systemActor } from '#libs/kernel';
import { overviewOf } from '#libs/insight';
import { listMonths, listPlanYears } from '#libs/ledger';
import { definitionSentence } from '#libs/monitoring';
import { listNotices } from '#libs/notices';
import { instanceSetting } from '#libs/platform';

/** What `npm start` prints: the latest month's average, who is on the list, the notices by team, the address. */
export async function summary(
  db: DataSource,
  start: { address: string; signIn: string; queue: 'redis' | 'postgres' },
): Promise<string> {
  const { illustrative } = await instanceSetting(db);
  const month = await latestEvaluated(db);
  return [
    '',
    ...(illustrative ? ['SỐ LIỆU MINH HOẠ: số liệu tháng do chương trình sinh ra, không phải số công bố.', ''] : []),
    ...(month ? await monthLines(db, month) : ['Chưa có tháng nào đóng.']),
    '',
    `Địa chỉ:   ${start.address}`,
    `Đăng nhập: ${start.signIn}`,
    `Hàng đợi:  BullMQ trên ${start.queue === 'redis' ? 'Redis' : 'PostgreSQL'}; dừng bằng Ctrl-C`,
  ].join('\n');
}

async function latestEvaluated(db: DataSource): Promise<Month | undefined> {
  const [row]: { plan_year: number; month: number }[] = await db.query(
    `SELECT e.plan_year, e.month FROM evaluation AS e
     JOIN reporting_month AS m ON m.plan_year = e.plan_year AND m.month = e.month AND m.version = e.month_version
     ORDER BY e.plan_year DESC, e.month DESC LIMIT 1`,
  );
  return row && Month.of(row.plan_year, row.month);
}

async function monthLines(db: DataSource, month: Month): Promise<string[]> {
  const actor = systemActor('command-line');
  const { bases, units, frozen, withoutLargestProject: largest } = await overviewOf(db, actor, month);
  const flagged = units.filter(({ line }) => line.flagged);
  const { items: notices } = await listNotices(db, actor, { audience: 'team', month, limit: 50 });
  const used = bases.find((figure) => figure.used);
  const other = bases.find((figure) => !figure.used);
  const width = Math.max(...flagged.map(({ unit }) => unit.name.length), 10);
  return [
    `Tháng ${month.number} năm ${month.planYear}: bình quân chung ${percent(used?.rate?.percent)}` +
      ` (${used?.basis === 'pm' ? 'KH Thủ tướng giao' : 'KH tỉnh giao'}), ` +
      `${percent(other?.rate?.percent)} (${other?.basis === 'pm' ? 'KH Thủ tướng giao' : 'KH tỉnh giao'})` +
      (largest ? `; không tính ${largest.project.name}: ${percent(largest.rate?.percent)}` : ''),
    definitionSentence(frozen.policy, month.number).vi,
    '',
    `${flagged.length} đơn vị thấp hơn bình quân chung từ ba tháng liên tiếp:`,
    ...flagged.map(
      ({ unit, line, rate, change }) =>
        `  ${unit.name.padEnd(width)}  ${String(line.streak).padStart(2)} tháng  ${percent(rate?.percent).padStart(7)}` +
        `  còn thiếu ${dong(line.gap).padStart(15)} đồng${change === 'new' ? '  mới vào' : ''}`,
    ),
    ...units.filter(({ change }) => change === 'cleared').map(({ unit }) => `  ${unit.name}: ra khỏi danh sách`),
    '',
    'Thông báo cho đoàn kiểm tra:',
    ...[...notices]
      .reverse()
      .map(
        ({ recipientName, isFallback, lines }) =>
          `  ${recipientName}: ${lines.length} dòng` +
          (isFallback ? ` (đơn vị chưa có đoàn: ${lines.map(({ unitCode }) => unitCode).join(', ')})` : ''),
      ),
    ...(await openMonthLine(db)),
  ];
}

async function openMonthLine(db: DataSource): Promise<string[]> {
  const planYear = (await listPlanYears(db)).at(-1);
  if (planYear === undefined) return [];
  const months = await listMonths(db, systemActor('command-line'), planYear);
  const open = months.find(({ state }) => state !== 'closed');
  return open
    ? [
        '',
        `Tháng ${open.month} đang mở: ${open.reportsReceived}/${open.reportsExpected} đơn vị đã có báo cáo (tự nộp hoặc theo Kho bạc).`,
      ]
    : [];
}

function percent(text: string | undefined): string {
  if (text === undefined) return 'không giao ở cấp này';
  const [whole = '0', decimals = '0'] = text.split('.');
  const tenths = (BigInt(`${whole}${decimals.padEnd(4, '0')}`) + 500n) / 1000n;
  return `${tenths / 10n},${tenths % 10n} %`;
}

function dong(amount: bigint): string {
  return amount.toString().replace(/\B(?=(\d{3})+$)/g, '.');
}
