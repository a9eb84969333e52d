import {
  listAdvances,
  listMediumTermPlans,
  listWarnings,
  mediumTermPeriod,
  type AdvanceRow,
  type WarningRow,
} from '#libs/ledger';
import { businessDate } from '#libs/platform';
import { listProgress, type ProgressListRow } from '#libs/projects';
import { listDifferences, reconciliationState, type Difference } from '#libs/reconciliation';
import { dong, integer, listOf, percent, text } from './list-definition.js';
import { DIFFERENCE_CAUSE, DIFFERENCE_STATE, ENTRY_KIND, WARNING, yesNo } from './office-words.js';

export const PROGRESS = listOf<ProgressListRow>({
  title: 'Tiến độ thực hiện dự án',
  file: 'tien-do',
  needs: 'month',
  columns: [
    text('Mã dự án', 20, ({ projectCode }) => projectCode),
    text('Dự án', 60, ({ projectName }) => projectName),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    dong('Giá trị khối lượng từ đầu năm', ({ volume }) => volume),
    percent('Khối lượng hiện vật (%)', ({ physicalPercent }) => physicalPercent),
    dong('Vốn PPP, ngoài ngân sách đã thực hiện', ({ implemented }) => implemented),
    dong('Kế hoạch vốn PPP, ngoài ngân sách', ({ implementedPlan }) => implementedPlan),
    text('Đã làm', 40, ({ done }) => done),
    text('Chưa xong', 40, ({ unfinished }) => unfinished),
    text('Việc tiếp theo', 40, ({ nextSteps }) => nextSteps),
    text('Người ghi', 18, ({ recordedBy }) => recordedBy),
  ],
  rows: async (db, actor, { month, unitCode }, limit) =>
    month ? listProgress(db, actor, { month, unitCode, limit }) : { items: [], total: 0 },
});

export const RECONCILIATION = listOf<Difference>({
  title: 'Chênh lệch giữa sổ và bảng kê Kho bạc',
  file: 'chenh-lech-kho-bac',
  needs: 'month',
  columns: [
    text('Mã dự án', 20, ({ projectCode }) => projectCode),
    text('Mã số quốc gia', 14, ({ nationalCode }) => nationalCode),
    text('Dự án', 60, ({ projectName, printedName }) => projectName ?? printedName),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    text('Mã nguồn', 12, ({ sourceCode }) => sourceCode),
    text('Nguồn vốn', 24, ({ sourceName }) => sourceName),
    text('Vốn kéo dài', 10, ({ carriedOver }) => yesNo(carriedOver)),
    dong('Theo sổ', ({ books }) => books),
    dong('Theo Kho bạc', ({ treasury }) => treasury),
    dong('Chênh lệch', ({ books, treasury }) => books - treasury),
    text('Nguyên nhân gợi ý', 26, ({ suggestion }) => DIFFERENCE_CAUSE[suggestion.cause]),
    text('Trạng thái', 16, ({ state }) => DIFFERENCE_STATE[state]),
    text('Giải trình', 48, ({ resolution }) => resolution?.note),
  ],
  rows: async (db, actor, { month, unitCode }, limit) => {
    if (!month) return { items: [], total: 0 };
    const isTheirs = unitCode !== undefined && (actor.units === 'all' || actor.units.includes(unitCode));
    const reader = unitCode === undefined ? actor : { ...actor, units: isTheirs ? [unitCode] : [] };
    // Without a statement nothing is compared: the whole books would differ from nothing.
    const { statement, open, accepted, corrected } = await reconciliationState(db, month, reader);
    if (!statement) return { items: [], total: 0 };
    const items = await listDifferences(db, reader, month, { show: 'all', limit });
    return { items, total: open + accepted + corrected };
  },
});

export const MEDIUM_TERM_PLANS = listOf<Awaited<ReturnType<typeof listMediumTermPlans>>['items'][number]>({
  title: 'Kế hoạch đầu tư công trung hạn',
  file: 'trung-han',
  needs: 'plan-year',
  columns: [
    text('Mã dự án', 20, ({ project }) => project.code),
    text('Dự án', 60, ({ project }) => project.name),
    text('Mã nguồn', 12, ({ source }) => source.code),
    text('Nguồn vốn', 24, ({ source }) => source.name),
    dong('Kế hoạch trung hạn', ({ amount }) => amount),
    dong('Đã giao trước năm đầu theo dõi', ({ allocatedBefore }) => allocatedBefore),
  ],
  rows: (db, actor, { planYear = 0 }, limit) =>
    listMediumTermPlans(db, actor, { periodStart: mediumTermPeriod(planYear), limit }),
});

export const ADVANCES = listOf<AdvanceRow>({
  title: 'Tạm ứng chưa thu hồi',
  file: 'tam-ung',
  needs: 'nothing',
  columns: [
    text('Mã dự án', 20, ({ projectCode }) => projectCode),
    text('Dự án', 60, ({ projectName }) => projectName),
    text('Mã nguồn', 12, ({ sourceCode }) => sourceCode),
    text('Nguồn vốn', 24, ({ sourceName }) => sourceName),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    dong('Đã tạm ứng', ({ advanced }) => advanced),
    dong('Đã thu hồi', ({ recovered }) => recovered),
    dong('Còn phải thu hồi', ({ balance }) => balance),
    text('Tạm ứng từ', 16, ({ since }) => `tháng ${since.month}, năm ${since.planYear}`),
  ],
  rows: async (db, actor, { unitCode }, limit) =>
    listAdvances(db, actor, {
      on: await businessDate(db.manager),
      limit,
      ...(unitCode === undefined ? {} : { unitCode }),
    }),
});

export const WARNINGS = listOf<WarningRow>({
  title: 'Bút toán bất thường',
  file: 'bat-thuong',
  needs: 'month',
  columns: [
    integer('Bút toán', ({ entryId }) => entryId),
    text('Bất thường', 32, ({ code }) => WARNING[code]),
    dong('Tìm thấy', ({ found }) => found),
    dong('So với', ({ comparedWith }) => comparedWith),
    text('Mã đơn vị', 14, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    text('Mã dự án', 20, ({ projectCode }) => projectCode),
    text('Dự án', 60, ({ projectName }) => projectName),
    text('Mã nguồn', 12, ({ sourceCode }) => sourceCode),
    text('Loại', 22, ({ kind }) => ENTRY_KIND[kind]),
    text('Vốn kéo dài', 10, ({ carriedOver }) => yesNo(carriedOver)),
    dong('Số tiền', ({ amount }) => amount),
    text('Số chứng từ', 18, ({ documentNo }) => documentNo),
    text('Lý do', 48, ({ reason }) => reason ?? 'Chưa giải trình'),
    text('Người ghi', 18, ({ recordedBy }) => recordedBy),
  ],
  rows: async (db, actor, { month, unitCode }, limit) =>
    month
      ? listWarnings(db, actor, { month, limit, ...(unitCode === undefined ? {} : { unitCode }) })
      : { items: [], total: 0 },
});
