import {
  listAllocationLines,
  listDisbursements,
  listMonths,
  type AllocationLineRow,
  type DisbursementRow,
  type MonthOverview,
} from '#libs/ledger';
import { date, dong, integer, listOf, text } from './list-definition.js';
import { DECISION_KIND, ENTRY_BASIS, ENTRY_KIND, yesNo } from './office-words.js';

export const DISBURSEMENTS = listOf<DisbursementRow>({
  title: 'Bút toán giải ngân',
  file: 'giai-ngan',
  needs: 'plan-year',
  columns: [
    integer('Bút toán', ({ id }) => id),
    integer('Tháng', ({ month }) => month),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    text('Mã dự án', 18, ({ projectCode }) => projectCode),
    text('Dự án', 48, ({ projectName }) => projectName),
    text('Mã nguồn', 12, ({ sourceCode }) => sourceCode),
    text('Nguồn vốn', 24, ({ sourceName }) => sourceName),
    text('Loại', 22, ({ kind }) => ENTRY_KIND[kind]),
    text('Vốn kéo dài', 10, ({ carriedOver }) => yesNo(carriedOver)),
    text('Số liệu', 10, ({ basis }) => ENTRY_BASIS[basis]),
    dong('Số tiền', ({ amount }) => amount),
    text('Số chứng từ', 18, ({ documentNo }) => documentNo),
    date('Ngày chứng từ', ({ documentDate }) => documentDate),
    text('Lý do', 36, ({ reason }) => reason),
    integer('Điều chỉnh bút toán', ({ corrects }) => corrects),
    text('Người ghi', 18, ({ recordedBy }) => recordedBy),
  ],
  rows: (db, actor, { planYear = 0, month, unitCode }, limit) =>
    listDisbursements(db, actor, { planYear, month: month?.number, unitCode, limit }),
});

export const ALLOCATION_LINES = listOf<AllocationLineRow>({
  title: 'Dòng kế hoạch vốn theo quyết định',
  file: 'ke-hoach-von',
  needs: 'plan-year',
  columns: [
    text('Số quyết định', 20, ({ decisionNo }) => decisionNo),
    date('Ngày quyết định', ({ decisionDate }) => decisionDate),
    date('Ngày hiệu lực', ({ effectiveDate }) => effectiveDate),
    integer('Hiệu lực từ tháng', ({ effectiveMonth }) => effectiveMonth),
    text('Loại', 16, ({ decisionKind }) => DECISION_KIND[decisionKind]),
    text('Kế hoạch', 20, ({ basis }) => (basis === 'pm' ? 'Thủ tướng giao' : 'Tỉnh giao')),
    text('Vốn kéo dài', 10, ({ carriedOver }) => yesNo(carriedOver)),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    text('Mã dự án', 18, ({ projectCode }) => projectCode),
    text('Dự án', 48, ({ projectName }) => projectName ?? 'Chưa giao chi tiết cho dự án'),
    text('Mã nguồn', 12, ({ sourceCode }) => sourceCode),
    text('Nguồn vốn', 24, ({ sourceName }) => sourceName),
    dong('Số vốn', ({ amount }) => amount),
    text('Ghi chú', 36, ({ note }) => note),
  ],
  rows: (db, actor, { planYear = 0, month, unitCode }, limit) =>
    listAllocationLines(db, actor, { planYear, throughMonth: month?.number, unitCode, limit }),
});

export const MONTHS = listOf<MonthOverview>({
  title: 'Các tháng của năm kế hoạch',
  file: 'cac-thang',
  needs: 'plan-year',
  columns: [
    integer('Tháng', ({ month }) => month),
    text('Tình trạng', 14, ({ state }) => ({ open: 'Đang mở', closed: 'Đã đóng', reopened: 'Mở lại' })[state]),
    integer('Lần đóng', ({ version }) => version),
    date('Ngày đóng', ({ closedOn }) => closedOn),
    text('Người đóng', 28, ({ closedByName }) => closedByName),
    integer('Đơn vị phải báo cáo', ({ reportsExpected }) => reportsExpected),
    integer('Đã nộp', ({ reportsReceived }) => reportsReceived),
    text('Chưa nộp', 60, ({ missingUnits }) => missingUnits.map(({ name }) => name).join('; ')),
  ],
  rows: async (db, actor, { planYear = 0 }) => {
    const items = await listMonths(db, actor, planYear);
    return { items, total: items.length };
  },
});
