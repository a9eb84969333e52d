/**
 * What a made-up project is financed from. `components`: the project itself holds no capital, the next two of its
 * unit are its components (dự án thành phần).
 */
export type Profile = 'road' | 'local' | 'land' | 'lottery' | 'oda' | 'NTM' | 'GNBV' | 'DTTS' | 'components';

export interface UnitTarget {
  code: string;
  shortName: string;
  /** Plan in force on 30/9/2024 on the province basis, in million đồng. */
  septemberPlan: number;
  /** The unit's illustrative projects, one each. */
  profiles: Profile[];
  /** Cumulative rate at the end of months 1..9 in tenths of a percent of the plan then in force. */
  rates: [number, number, number, number, number, number, number, number, number];
}

/**
 * The parameters of the demonstration, all made up: plans and curves that show each state the rule knows. The seed
 * adds noise of at most 0,04 points to a rate. Rows stand in the order in which illustrative projects are numbered.
 */
export const UNIT_TARGETS: UnitTarget[] = [
  row('BQLDA-TINH', 'BQLDA tỉnh', 948_400, 'oda road', [60, 107, 162, 226, 295, 371, 462, 539, 612]),
  // plan-cells.ts writes the plans of these four out, to be seen beside two named projects.
  row('SO-GTVT', 'Sở GTVT', 742_350, 'land local land local', [16, 48, 87, 121, 182, 213, 268, 337, 401]),
  row('SO-NNPTNT', 'Sở NN&PTNT', 238_400, 'components oda road local', [7, 23, 46, 76, 116, 162, 208, 259, 312]),
  row('180', 'Tràng Định', 98_700, 'land NTM DTTS local', [50, 84, 132, 182, 244, 296, 305, 363, 452]),
  row('178', 'TP Lạng Sơn', 286_800, 'land land local lottery road local', [15, 44, 76, 108, 147, 189, 232, 291, 343]),
  row('181', 'Bình Gia', 91_200, 'local NTM GNBV land', [17, 48, 77, 123, 160, 160, 269, 318, 381]),
  row('182', 'Văn Lãng', 72_000, 'local DTTS land', [39, 82, 123, 181, 249, 304, 375, 446, 519]),
  row('183', 'Cao Lộc', 74_950, 'land NTM local', [35, 77, 120, 175, 180, 245, 309, 428, 497]),
  row('186', 'Hữu Lũng', 125_000, 'land NTM road local', [39, 85, 128, 191, 253, 315, 384, 459, 532]),
  row('184', 'Văn Quan', 80_000, 'land DTTS local', [59, 92, 140, 193, 246, 326, 392, 393, 448]),
  row('185', 'Bắc Sơn', 85_000, 'local NTM DTTS', [54, 101, 159, 218, 280, 349, 417, 488, 563]),
  row('187', 'Chi Lăng', 100_000, 'local NTM road', [57, 115, 175, 239, 315, 382, 454, 533, 606]),
  row('188', 'Lộc Bình', 95_800, 'land DTTS GNBV local', [58, 109, 150, 201, 296, 340, 370, 380, 428]),
  row('189', 'Đình Lập', 70_000, 'local DTTS GNBV', [46, 97, 159, 209, 282, 350, 429, 503, 580]),
  row('SO-GDDT', 'Sở GD&ĐT', 110_000, 'lottery local local', [44, 90, 155, 207, 281, 341, 417, 497, 571]),
  row('SO-YTE', 'Sở Y tế', 118_800, 'lottery local road', [3, 17, 39, 60, 89, 130, 127, 226, 286]),
  row('SO-XD', 'Sở Xây dựng', 60_000, 'local local', [47, 82, 135, 195, 215, 267, 323, 362, 523]),
  row('SO-CT', 'Sở Công Thương', 25_000, 'local local', [64, 117, 177, 177, 275, 325, 379, 456, 477]),
  row('SO-KHCN', 'Sở KH&CN', 12_500, 'local local', [6, 10, 18, 28, 53, 74, 108, 144, 194]),
  row('SO-VHTTDL', 'Sở VHTT&DL', 64_000, 'local lottery', [44, 82, 135, 178, 239, 282, 360, 409, 455]),
  row('SO-TNMT', 'Sở TN&MT', 58_700, 'local land', [44, 91, 134, 184, 239, 241, 264, 313, 372]),
  row('SO-TTTT', 'Sở TT&TT', 28_000, 'local local', [82, 150, 211, 284, 366, 441, 513, 585, 668]),
  row('BQL-KKTCK', 'BQL KKTCK', 215_400, 'road land local', [63, 98, 150, 194, 274, 323, 364, 386, 438]),
  row('CA-TINH', 'Công an tỉnh', 45_000, 'local local', [68, 136, 215, 300, 378, 460, 560, 650, 741]),
  row('BCHQS-TINH', 'BCHQS tỉnh', 38_000, 'local local', [62, 113, 180, 264, 340, 423, 512, 602, 702]),
  row('BCHBP-TINH', 'BCHBP tỉnh', 35_000, 'local road', [51, 111, 160, 222, 294, 364, 437, 508, 588]),
];

/** Reports that came in after the month had closed: nothing of that unit is booked in the month. */
export const LATE_REPORTS = [
  { month: 4, unit: 'SO-CT', submittedOn: '2024-05-14' },
  { month: 6, unit: '181', submittedOn: '2024-07-12' },
];

export function isLate(unit: string, month: number): boolean {
  return LATE_REPORTS.some((late) => late.unit === unit && late.month === month);
}

function row(
  code: string,
  shortName: string,
  septemberPlan: number,
  profiles: string,
  rates: UnitTarget['rates'],
): UnitTarget {
  return { code, shortName, septemberPlan, profiles: profiles.split(' ').filter(Boolean) as Profile[], rates };
}
