import { keyProjects, type KeyProjectView } from '#libs/insight';
import { listUnits, type UnitWithTeam } from '#libs/organisation';
import type { PlanBasis } from '#libs/monitoring/rule';
import { businessDate } from '#libs/platform';
import { listProjects, type ProjectRow } from '#libs/projects';
import { date, dong, integer, listOf, percent, text } from './list-definition.js';
import { BASIS, CAPITAL_TYPE, UNIT_KIND } from './office-words.js';

export const UNITS = listOf<UnitWithTeam>({
  title: 'Đơn vị được giao vốn',
  file: 'don-vi',
  needs: 'nothing',
  columns: [
    text('Mã đơn vị', 16, ({ code }) => code),
    text('Tên đơn vị', 48, ({ name }) => name),
    text('Tên ngắn', 24, ({ shortName }) => shortName),
    text('Loại', 26, ({ kind }) => UNIT_KIND[kind]),
    text('Nhóm', 14, ({ group }) => group),
    date('Hiệu lực từ', ({ validFrom }) => validFrom),
    date('Hiệu lực đến', ({ validTo }) => validTo),
    text('Đoàn kiểm tra', 30, ({ team }) => team?.name),
  ],
  rows: async (db, actor, _filter, limit) => listUnits(db, actor, { on: await businessDate(db.manager), limit }),
});

export const PROJECTS = listOf<ProjectRow>({
  title: 'Dự án',
  file: 'du-an',
  needs: 'nothing',
  columns: [
    text('Mã dự án', 20, ({ code }) => code),
    text('Mã số quốc gia', 14, ({ nationalCode }) => nationalCode),
    text('Tên dự án', 60, ({ name }) => name),
    text('Thuộc dự án', 20, ({ parentCode }) => parentCode),
    text('Mã đơn vị', 16, ({ unitCode }) => unitCode),
    text('Đơn vị', 36, ({ unitName }) => unitName),
    text('Nhà đầu tư', 30, ({ investorName }) => investorName),
    text('Loại vốn', 18, ({ capitalType }) => CAPITAL_TYPE[capitalType]),
    text('Chương trình MTQG', 12, ({ programme }) => (programme === 'none' ? '' : programme)),
    dong('Tổng mức đầu tư', ({ totalInvestment }) => totalInvestment),
    text('Ghi chú tổng mức', 30, ({ totalInvestmentNote }) => totalInvestmentNote),
  ],
  rows: async (db, actor, { unitCode }, limit) =>
    listProjects(db, actor, { on: await businessDate(db), unitCode, limit }),
});

/** What stands on a basis; null where nothing is assigned on it, which is no plan of 0. */
function onBasis({ bases }: KeyProjectView, basis: PlanBasis): KeyProjectView['bases'][number] | undefined {
  return bases.find((each) => each.basis === basis && each.isAssigned);
}

export const KEY_PROJECTS = listOf<KeyProjectView>({
  title: 'Dự án trọng điểm',
  file: 'du-an-trong-diem',
  needs: 'plan-year',
  columns: [
    integer('STT', ({ ordinal }) => ordinal),
    text('Mã dự án', 20, ({ projectCode }) => projectCode),
    text('Tên dự án', 60, ({ name }) => name),
    text('Loại vốn', 18, ({ capitalType }) => CAPITAL_TYPE[capitalType]),
    text(
      'Nhóm trong báo cáo',
      16,
      ({ origin }) => ({ new: 'Mới', 'carried-over': 'Chuyển tiếp', unexplained: 'Chưa rõ' })[origin],
    ),
    text('Đơn vị, nhà đầu tư', 36, ({ unit, investorName }) => unit?.name ?? investorName),
    text('Địa bàn', 30, ({ places }) => places.map(({ name }) => name).join('; ')),
    dong('KH tỉnh giao', (row) => onBasis(row, 'province')?.plan ?? null),
    dong('KH Thủ tướng giao', (row) => onBasis(row, 'pm')?.plan ?? null),
    dong('Luỹ kế giải ngân', ({ disbursed }) => disbursed),
    percent('Tỷ lệ theo KH tỉnh giao (%)', (row) => onBasis(row, 'province')?.rate?.percent),
    percent('Tỷ lệ theo KH Thủ tướng giao (%)', (row) => onBasis(row, 'pm')?.rate?.percent),
    text('Dùng để xét', 20, ({ bases }) => bases.filter(({ used }) => used).map(({ basis }) => BASIS[basis])[0]),
    text('Không giao ở cấp này', 20, ({ bases }) =>
      bases
        .filter(({ isAssigned }) => !isAssigned)
        .map(({ basis }) => BASIS[basis])
        .join('; '),
    ),
    percent('So với bình quân (điểm)', ({ differencePoints }) => differencePoints),
    text(
      'Tình trạng',
      18,
      ({ state }) => ({ behind: 'Chậm', 'on-track': 'Không chậm', 'no-data': 'Chưa có số liệu' })[state],
    ),
  ],
  rows: async (db, actor, { planYear = 0, month }) => {
    const { items } = await keyProjects(db, actor, planYear, month);
    return { items, total: items.length };
  },
});
