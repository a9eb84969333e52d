import type { Dong } from '#libs/kernel';
import type { Demonstration } from './demonstration.js';
import { illustrativeStatement } from './illustrative-statement.js';
import { FUNDING_SOURCES, placesOf, TEAM_AREAS, TEAMS, unitsOfLangSon } from './lang-son-places.js';
import { illustrativeProjects, namedProjects } from './lang-son-projects.js';
import { mediumTermPlans } from './medium-term.js';
import { monthlyBooks, OPEN_MONTH } from './monthly-books.js';
import { planCells } from './plan-cells.js';
import { planDecisions } from './plan-decisions.js';
import { readSeedCsv } from './read-seed-csv.js';

/**
 * Lạng Sơn in 2024: public facts from `data/`, everything else made up from one fixed seed, so that two runs give the
 * same books to the đồng. Depends on nothing but the seed files and the seed: no clock, no environment, no order.
 */
export function langSon2024(): Demonstration {
  const units = unitsOfLangSon();
  const planTotal = publishedPlanTotal();
  const cells = planCells();
  const { projects, keyProjectList, pressProjects } = namedProjects();
  const months = monthlyBooks(cells, planDecisions(cells, planTotal));
  const districts = units.filter(({ kind }) => kind === 'district').map(({ code }) => code);
  return {
    planYear: 2024,
    businessDate: '2024-10-07',
    illustrative: {
      markVi: 'Số liệu minh hoạ',
      markEn: 'Illustrative data',
      assumptions: ASSUMPTIONS,
    },
    planTotal,
    units,
    places: placesOf(units),
    teams: TEAMS.map((team) => ({ ...team })),
    teamAreas: TEAM_AREAS.map((area) => ({ ...area })),
    fundingSources: FUNDING_SOURCES.map((source) => ({ ...source })),
    projects: [...projects, ...illustrativeProjects(cells, districts)],
    keyProjectList,
    pressProjects,
    mediumTermPlans: mediumTermPlans(cells),
    months,
    statement: illustrativeStatement(months, OPEN_MONTH),
  };
}

const ASSUMPTIONS = [
  {
    vi:
      'Tổng kế hoạch 3.949,3 tỷ đồng là số của báo cáo tỉnh 10/2024; coi đó là kế hoạch tỉnh giao đang có hiệu lực ' +
      'ngày 30/9/2024 là giả định của chương trình.',
    en:
      'The plan total of 3,949.3 billion đồng is the figure of the province’s report of October 2024; that it is the ' +
      'province plan in force on 30/9/2024 is the program’s assumption.',
  },
  {
    vi:
      'Kế hoạch và số liệu tháng của từng đơn vị, dự án, nguồn vốn, vốn kéo dài, các quyết định và chứng từ do ' +
      'chương trình sinh ra từ một hạt giống cố định, không phải số công bố.',
    en:
      'Plans and monthly figures by unit, project and source, carried-over capital, decisions and documents are ' +
      'generated from a fixed seed; none of them is published.',
  },
  {
    vi: 'Quyết định đầu tư, số luỹ kế đến hết năm 2023 và kế hoạch trung hạn 2021-2025 của dự án là số liệu minh hoạ.',
    en: 'Investment decisions, cumulative figures to the end of 2023 and medium-term plans 2021-2025 are illustrative.',
  },
  {
    vi: 'Kế hoạch Thủ tướng giao và địa bàn của ba đoàn kiểm tra là số liệu minh hoạ.',
    en: 'The Prime Minister’s plan and the areas of the three inspection teams are illustrative.',
  },
  {
    vi: 'Bảng kê Kho bạc tháng 10 và mã dự án quốc gia (bắt đầu bằng 9) của dự án minh hoạ là số bịa để trình diễn.',
    en:
      'The Treasury’s statement of October and the national codes (beginning with 9) of illustrative projects are made ' +
      'up for the demonstration.',
  },
];

/** "3949.3" billion → đồng, exactly. */
function publishedPlanTotal(): Dong {
  const total = readSeedCsv('lang-son-public-totals.csv', ['as_of', 'item', 'value_bn_dong']).find(
    ({ as_of, item }) => as_of === '2024' && item === 'public investment capital',
  );
  const match = /^([0-9]+)\.([0-9])$/.exec(total?.value_bn_dong ?? '');
  if (!match) throw new Error('lang-son-public-totals.csv holds no plan total of 2024');
  return BigInt(`${match[1]}${match[2]}`) * 100_000_000n;
}
