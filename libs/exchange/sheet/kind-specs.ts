import {
  amount,
  carriedOver,
  documentNo,
  field,
  month,
  optional,
  planYear,
  projectCode,
  projectName,
  projectNationalCode,
  PROJECT_NAMES,
  sourceCode,
  sourceName,
  unitCode,
  unitName,
} from './field-specs.js';
import type { FieldSpec, ImportKind, KindSpec } from './sheet.js';

/** Columns that every table of ours may carry and that no kind imports. */
const NUMBERING = ['STT', 'TT', 'Số TT', 'Số thứ tự', 'Ghi chú', 'Ghi chú khác', 'Lý do bị trả lại', 'Dòng số'];

const CAPITAL_TYPES: FieldSpec['choices'] = [
  { value: 'public', titles: ['Đầu tư công', 'Vốn đầu tư công', 'Công'] },
  { value: 'ppp', titles: ['PPP', 'Đối tác công tư', 'Hợp tác công tư'] },
  { value: 'non-budget', titles: ['Ngoài ngân sách', 'Vốn ngoài ngân sách', 'Vốn tư nhân'] },
  { value: 'unknown', titles: ['Chưa rõ'] },
];

const units: KindSpec = {
  kind: 'units',
  title: 'Đơn vị được giao vốn',
  fields: [
    { ...field('code', 'code', ['Mã đơn vị', 'Mã', 'Mã số', 'Mã chủ đầu tư']) },
    {
      ...field('kind', 'choice', ['Loại đơn vị', 'Loại', 'Loại hình']),
      choices: [
        {
          value: 'investor',
          titles: ['Chủ đầu tư cấp tỉnh', 'Chủ đầu tư', 'Ban quản lý dự án', 'Ban QLDA', 'Sở, ngành'],
        },
        { value: 'district', titles: ['Huyện, thành phố', 'Huyện', 'Thành phố', 'Cấp huyện', 'Thị xã'] },
        { value: 'commune', titles: ['Xã, phường', 'Xã', 'Phường', 'Cấp xã', 'Đặc khu'] },
        { value: 'reserve', titles: ['Vốn chưa phân bổ', 'Dự phòng', 'Chưa phân bổ'] },
      ],
    },
    optional(field('group', 'text', ['Nhóm', 'Khối', 'Nhóm so sánh'])),
    field('name_vi', 'text', ['Tên đơn vị', 'Đơn vị', 'Tên', 'Tên chủ đầu tư', 'Chủ đầu tư']),
    optional(field('valid_from', 'date', ['Có hiệu lực từ', 'Từ ngày', 'Hiệu lực từ ngày'])),
    optional(field('valid_to', 'date', ['Có hiệu lực đến', 'Đến ngày', 'Hiệu lực đến ngày'])),
  ],
  lookups: [],
  passedOver: NUMBERING,
};

const projects: KindSpec = {
  kind: 'projects',
  title: 'Dự án',
  fields: [
    field('code', 'code', ['Mã dự án', 'Mã DA', 'Mã', 'Mã công trình']),
    optional(
      field('national_code', 'code', ['Mã dự án quốc gia', 'Mã số dự án đầu tư', 'Mã DA quốc gia', 'Mã dự án KBNN']),
    ),
    field('name_vi', 'text', PROJECT_NAMES),
    optional({
      ...field('parent_code', 'code', ['Mã dự án tổng thể', 'Mã dự án cha', 'Thuộc dự án']),
      list: 'projects',
    }),
    optional(unitCode),
    optional(field('investor_name', 'text', ['Nhà đầu tư', 'Tên nhà đầu tư', 'Doanh nghiệp'])),
    {
      ...field('capital_type', 'choice', ['Loại vốn', 'Hình thức đầu tư', 'Hình thức vốn']),
      assumed: 'public',
      choices: CAPITAL_TYPES,
    },
    {
      ...optional(
        field('programme', 'choice', ['Chương trình MTQG', 'Chương trình', 'Chương trình mục tiêu quốc gia']),
      ),
      assumed: 'none',
      choices: [
        { value: 'none', titles: ['Không', 'Không thuộc chương trình'] },
        { value: 'NTM', titles: ['Nông thôn mới', 'Xây dựng nông thôn mới', 'CTMTQG NTM'] },
        { value: 'GNBV', titles: ['Giảm nghèo bền vững', 'Giảm nghèo', 'CTMTQG GNBV'] },
        {
          value: 'DTTS',
          titles: [
            'Dân tộc thiểu số và miền núi',
            'Phát triển KTXH vùng đồng bào DTTS và MN',
            'CTMTQG DTTS',
            'DTTS&MN',
          ],
        },
      ],
    },
    optional(field('places', 'text', ['Địa bàn', 'Địa điểm', 'Địa điểm xây dựng', 'Địa điểm XD', 'Mã địa bàn'])),
    optional(field('total_investment_vnd', 'amount', ['Tổng mức đầu tư', 'TMĐT', 'Tổng mức', 'Tổng vốn đầu tư'])),
  ],
  lookups: [unitName],
  passedOver: [...NUMBERING, 'Quyết định đầu tư', 'Thời gian KC-HT', 'Thời gian thực hiện', 'Năng lực thiết kế'],
};

const allocations: KindSpec = {
  kind: 'allocations',
  title: 'Kế hoạch vốn',
  fields: [
    planYear,
    field('decision_no', 'text', ['Số quyết định', 'Quyết định số', 'Số QĐ', 'Số văn bản']),
    field('decision_date', 'date', ['Ngày quyết định', 'Ngày QĐ', 'Ngày ban hành', 'Ngày, tháng, năm']),
    optional(field('effective_date', 'date', ['Ngày có hiệu lực', 'Ngày hiệu lực', 'Hiệu lực từ'])),
    {
      ...field('basis', 'choice', ['Kế hoạch giao', 'Cấp giao', 'Cơ sở giao', 'Loại kế hoạch']),
      assumed: 'province',
      choices: [
        {
          value: 'province',
          titles: ['Tỉnh giao', 'KH tỉnh giao', 'Kế hoạch tỉnh giao', 'HĐND tỉnh giao', 'UBND tỉnh giao'],
        },
        {
          value: 'pm',
          titles: [
            'Thủ tướng giao',
            'KH Thủ tướng giao',
            'Kế hoạch Thủ tướng Chính phủ giao',
            'TTCP giao',
            'TTg giao',
            'Trung ương giao',
          ],
        },
      ],
    },
    carriedOver,
    unitCode,
    projectCode,
    sourceCode,
    amount(['Số vốn', 'Kế hoạch vốn', 'Vốn giao', 'Số vốn giao', 'Kế hoạch', 'KH vốn', 'Số tiền', 'Kế hoạch vốn giao']),
  ],
  lookups: [projectNationalCode, unitName, projectName, sourceName],
  wide: { amount: 'amount_vnd', by: ['source_code', 'basis', 'carried_over'] },
  passedOver: [
    ...NUMBERING,
    'Tổng mức đầu tư',
    'TMĐT',
    'Giải ngân',
    'Lũy kế',
    'Tỷ lệ',
    'Quyết định đầu tư',
    'Địa điểm',
    'Địa điểm xây dựng',
  ],
};

const disbursements: KindSpec = {
  kind: 'disbursements',
  title: 'Giải ngân',
  fields: [
    planYear,
    month,
    unitCode,
    projectCode,
    sourceCode,
    {
      ...field('kind', 'choice', ['Loại giải ngân', 'Loại', 'Loại thanh toán', 'Nội dung thanh toán']),
      assumed: 'payment',
      choices: [
        {
          value: 'payment',
          titles: [
            'Thanh toán KLHT',
            'Thanh toán',
            'Thanh toán khối lượng hoàn thành',
            'Thanh toán khối lượng',
            'KLHT',
            'Khối lượng hoàn thành',
          ],
        },
        { value: 'advance', titles: ['Tạm ứng', 'Tạm ứng vốn', 'Tạm ứng theo chế độ', 'Vốn tạm ứng'] },
        {
          value: 'advance-recovery',
          titles: ['Thu hồi tạm ứng', 'advance_recovery', 'Thu hồi TƯ', 'Thu hồi vốn tạm ứng'],
        },
        { value: 'refund', titles: ['Hoàn trả', 'Nộp trả', 'Nộp trả ngân sách', 'Nộp giảm'] },
        { value: 'correction', titles: ['Điều chỉnh', 'Đính chính'] },
        { value: 'transfer', titles: ['Điều chuyển', 'Chuyển giao'] },
      ],
    },
    carriedOver,
    {
      ...field('basis', 'choice', ['Loại số liệu', 'Số liệu', 'Thực tế/ước']),
      assumed: 'actual',
      choices: [
        { value: 'actual', titles: ['Thực tế', 'Thực hiện', 'Số thực', 'KBNN xác nhận'] },
        { value: 'estimate', titles: ['Ước', 'Ước thực hiện', 'Ước giải ngân', 'Ước tính'] },
      ],
    },
    amount([
      'Số tiền',
      'Giải ngân',
      'Số vốn giải ngân',
      'Giá trị giải ngân',
      'Giải ngân trong tháng',
      'Vốn giải ngân',
      'Số giải ngân',
      'Kết quả giải ngân',
      'Giải ngân trong kỳ',
      'Đã giải ngân',
    ]),
    documentNo,
    optional(field('document_date', 'date', ['Ngày chứng từ', 'Ngày CT', 'Ngày thanh toán', 'Ngày giải ngân'])),
    optional(field('reason', 'text', ['Lý do', 'Nguyên nhân', 'Diễn giải'])),
    optional(field('corrects', 'text', ['Điều chỉnh bút toán', 'Bút toán được điều chỉnh', 'Sửa bút toán'])),
  ],
  lookups: [projectNationalCode, unitName, projectName, sourceName],
  wide: { amount: 'amount_vnd', by: ['source_code', 'month', 'kind', 'carried_over', 'basis'] },
  passedOver: [
    ...NUMBERING,
    'Kế hoạch vốn',
    'Kế hoạch',
    'KH vốn',
    'Tổng mức đầu tư',
    'TMĐT',
    'Tỷ lệ',
    'Tỷ lệ giải ngân',
    'Còn lại',
    'Địa điểm',
    'Địa điểm xây dựng',
    'Khối lượng thực hiện',
    'Giá trị khối lượng',
    'Quyết định đầu tư',
    'Tiến độ',
  ],
};

const reports: KindSpec = {
  kind: 'reports',
  title: 'Đơn vị đã báo cáo',
  fields: [planYear, month, unitCode],
  lookups: [unitName],
  passedOver: [...NUMBERING, 'Ngày báo cáo', 'Ngày nhận', 'Số văn bản'],
};

const progress: KindSpec = {
  kind: 'progress',
  title: 'Tiến độ thực hiện',
  fields: [
    planYear,
    month,
    projectCode,
    optional(
      field('volume_vnd', 'amount', [
        'Giá trị khối lượng hoàn thành',
        'Khối lượng thực hiện',
        'Giá trị khối lượng',
        'Giá trị KLHT',
        'Khối lượng hoàn thành',
        'Giá trị khối lượng thực hiện',
      ]),
    ),
    optional(
      field('physical_percent', 'percent', [
        'Tiến độ thực hiện (%)',
        'Tiến độ',
        'Tỷ lệ khối lượng',
        '% khối lượng',
        'Tiến độ hiện vật',
      ]),
    ),
    optional(
      field('implemented_vnd', 'amount', ['Vốn đã thực hiện', 'Vốn thực hiện', 'Giá trị thực hiện', 'Thực hiện']),
    ),
    optional(
      field('implemented_plan_vnd', 'amount', [
        'Vốn phải thực hiện theo kế hoạch',
        'Kế hoạch thực hiện',
        'Vốn theo kế hoạch',
      ]),
    ),
    optional(
      field('done', 'text', ['Việc đã làm', 'Đã hoàn thành', 'Nội dung đã thực hiện', 'Công việc đã thực hiện']),
    ),
    optional(field('unfinished', 'text', ['Việc chưa xong', 'Chưa hoàn thành', 'Tồn tại', 'Khó khăn, vướng mắc'])),
    optional(field('next', 'text', ['Việc tiếp theo', 'Kế hoạch tháng sau', 'Nhiệm vụ tháng tới', 'Giải pháp'])),
  ],
  lookups: [projectNationalCode, projectName],
  passedOver: [
    ...NUMBERING,
    'Chủ đầu tư',
    'Đơn vị',
    'Địa điểm',
    'Tổng mức đầu tư',
    'Kế hoạch vốn',
    'Giải ngân',
    'Tỷ lệ giải ngân',
    'Nhà đầu tư',
  ],
};

const keyProjects: KindSpec = {
  kind: 'key-projects',
  title: 'Dự án trọng điểm',
  fields: [
    { ...field('year', 'year', ['Năm', 'Năm kế hoạch', 'Danh mục năm']) },
    field('ordinal', 'count', ['Số thứ tự', 'STT', 'TT', 'Số TT']),
    optional(projectCode),
    field('name_vi', 'text', PROJECT_NAMES),
    {
      ...field('capital_type', 'choice', ['Loại vốn', 'Hình thức đầu tư', 'Nguồn vốn']),
      choices: CAPITAL_TYPES,
    },
    {
      ...field('origin', 'choice', ['Chuyển tiếp/mới', 'Loại dự án', 'Tính chất', 'Phân loại']),
      choices: [
        { value: 'new', titles: ['Mới', 'Khởi công mới', 'Dự án mới', 'KCM'] },
        { value: 'carried-over', titles: ['Chuyển tiếp', 'Dự án chuyển tiếp', 'CT'] },
        { value: 'unexplained', titles: ['Chưa rõ', 'Không nêu'] },
      ],
    },
  ],
  lookups: [],
  passedOver: ['Ghi chú', 'Lý do bị trả lại', 'Chủ đầu tư', 'Địa điểm', 'Tổng mức đầu tư'],
};

const treasury: KindSpec = {
  kind: 'treasury',
  title: 'Số liệu Kho bạc',
  fields: [
    planYear,
    month,
    field('national_code', 'code', [
      'Mã dự án quốc gia',
      'Mã dự án',
      'Mã số dự án',
      'Mã số dự án đầu tư',
      'Mã DA',
      'Mã dự án đầu tư',
      'Mã dự án (KBNN)',
    ]),
    optional(unitCode),
    optional(field('project_name', 'text', PROJECT_NAMES)),
    sourceCode,
    carriedOver,
    amount([
      'Giải ngân thuần trong tháng',
      'Thanh toán trong tháng',
      'Số vốn đã thanh toán',
      'Vốn đã giải ngân',
      'Số tiền',
      'Giải ngân',
      'Số giải ngân',
      'Số vốn giải ngân',
      'Giải ngân trong tháng',
      'Tổng số giải ngân',
    ]),
    optional(field('advance_vnd', 'amount', ['Tạm ứng', 'Vốn tạm ứng', 'Tạm ứng trong tháng', 'Tạm ứng theo chế độ'])),
    optional(
      field('advance_recovered_vnd', 'amount', [
        'Thu hồi tạm ứng',
        'Thu hồi vốn tạm ứng',
        'Thu hồi tạm ứng trong tháng',
      ]),
    ),
    documentNo,
    optional(field('statement_date', 'date', ['Ngày xác nhận', 'Ngày đối chiếu', 'Ngày số liệu', 'Đến ngày'])),
  ],
  lookups: [unitName, sourceName],
  wide: { amount: 'amount_vnd', by: ['source_code', 'month', 'carried_over'] },
  passedOver: [
    ...NUMBERING,
    'Kế hoạch vốn',
    'Kế hoạch',
    'Tỷ lệ',
    'Tỷ lệ giải ngân',
    'Thanh toán khối lượng hoàn thành',
    'Chương',
    'Mã chương',
    'Loại khoản',
  ],
};

/** What a file of each kind holds, exactly as product.md lists it, with the titles that provincial tables use. */
export const KIND_SPECS: Record<ImportKind, KindSpec> = {
  units,
  projects,
  allocations,
  disbursements,
  reports,
  progress,
  'key-projects': keyProjects,
  treasury,
};
