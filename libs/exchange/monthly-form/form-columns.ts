import type { Dong, Month } from '#libs/kernel';
import { rateOf } from '#libs/insight';
import type { ColumnFormat } from '../workbook/index.js';
import type { MonthlyFormRow } from './monthly-form-rows.js';

/** A column of the form; its value is that of one project, or of several summed. */
export interface FormColumn {
  title: string;
  /** Stands merged above the columns that share it. */
  group?: string;
  format: ColumnFormat;
  width: number;
  value(rows: readonly MonthlyFormRow[]): bigint | string | null;
}

/** The columns that provinces use, in their order, with one column for each funding source. */
export function formColumns(month: Month, sources: readonly { code: string; name: string }[]): FormColumn[] {
  const year = month.planYear;
  const before = `Luỹ kế đến hết năm ${year - 1}`;
  const plan = `Kế hoạch vốn năm ${year} (tỉnh giao)`;
  const volume = 'Giá trị khối lượng hoàn thành';
  const paid = `Giải ngân trong tháng ${month.number}`;
  const cumulative = 'Luỹ kế giải ngân từ đầu năm';
  return [
    { title: 'STT', format: 'text', width: 6, value: () => null },
    text('Dự án', 48, ({ projectName }) => projectName),
    text('Mã số dự án', 12, ({ nationalCode, projectCode }) => nationalCode ?? projectCode),
    text('Địa bàn', 20, ({ places }) => places),
    text('Quyết định đầu tư', 24, ({ investmentDecision }) => investmentDecision),
    dong('Tổng mức đầu tư', ({ totalInvestment }) => totalInvestment),
    dong('Vốn đã giao', ({ allocatedBefore }) => allocatedBefore, before),
    dong('Đã giải ngân', ({ disbursedBefore }) => disbursedBefore, before),
    dong('Kế hoạch', ({ carriedOverPlan }) => carriedOverPlan, 'Vốn kéo dài'),
    dong('Đã giải ngân', ({ carriedOverDisbursed }) => carriedOverDisbursed, 'Vốn kéo dài'),
    dong('Tổng số', ({ plan: amount }) => amount, plan),
    ...sources.map(({ code, name }) => dong(name, ({ planBySource }) => planBySource.get(code) ?? 0n, plan)),
    dong('Kế hoạch Thủ tướng giao', ({ pmPlan }) => pmPlan),
    dong('Trong tháng', ({ volumeOfMonth }) => volumeOfMonth, volume),
    dong('Từ đầu năm', ({ volumeOfYear }) => volumeOfYear, volume),
    dong('Tổng số', ({ disbursedOfMonth }) => disbursedOfMonth, paid),
    ...sources.map(({ code, name }) =>
      dong(name, ({ disbursedOfMonthBySource }) => disbursedOfMonthBySource.get(code) ?? 0n, paid),
    ),
    dong('Số tiền', ({ disbursed }) => disbursed, cumulative),
    rate('% KH tỉnh giao', ({ plan: amount }) => amount, cumulative),
    rate('% KH Thủ tướng giao', ({ pmPlan }) => pmPlan, cumulative),
    text('Đã thực hiện', 30, ({ done }) => done),
    text('Chưa thực hiện', 30, ({ unfinished }) => unfinished),
    text('Việc tiếp theo', 30, ({ nextSteps }) => nextSteps),
    text('Ghi chú', 24, ({ totalInvestmentNote }) => totalInvestmentNote),
  ];
}

function text(title: string, width: number, value: (row: MonthlyFormRow) => string | null): FormColumn {
  return { title, format: 'text', width, value: ([row]) => (row ? value(row) : null) };
}

/** What no project of the sum knows stays empty: nothing known is not zero. */
function dong(title: string, value: (row: MonthlyFormRow) => Dong | null, group?: string): FormColumn {
  return {
    title,
    group,
    format: 'dong',
    width: 18,
    value: (rows) => {
      const known = rows.map(value).filter((amount) => amount !== null);
      return known.length === 0 ? null : known.reduce((sum, amount) => sum + amount, 0n);
    },
  };
}

/** The rate of summed amounts, never a mean of rates; empty where no plan of that basis was assigned. */
function rate(title: string, plan: (row: MonthlyFormRow) => Dong, group: string): FormColumn {
  const sum = (amounts: Dong[]): Dong => amounts.reduce((total, amount) => total + amount, 0n);
  return {
    title,
    group,
    format: 'percent',
    width: 12,
    value: (rows) => rateOf(sum(rows.map(({ disbursed }) => disbursed)), sum(rows.map(plan)))?.percent ?? null,
  };
}
