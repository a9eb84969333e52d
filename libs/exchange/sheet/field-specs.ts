import type { FieldSpec, LookupSpec } from './sheet.js';

/** Fields that several kinds share; the first title of each stands in the template. */

const field = (name: string, type: FieldSpec['type'], titles: readonly string[]): FieldSpec => ({
  name,
  type,
  required: true,
  titles,
});

export const optional = (spec: FieldSpec): FieldSpec => ({ ...spec, required: false });

export const planYear = field('plan_year', 'year', ['Năm kế hoạch', 'Năm', 'Năm ngân sách', 'Niên độ']);

export const month = field('month', 'month', ['Tháng', 'Kỳ báo cáo', 'Tháng báo cáo', 'Kỳ']);

export const unitCode: FieldSpec = {
  ...field('unit_code', 'code', [
    'Mã đơn vị',
    'Mã chủ đầu tư',
    'Mã CĐT',
    'Mã đơn vị được giao vốn',
    'Mã huyện',
    'Mã ĐVQHNS',
    'Mã QHNS',
  ]),
  list: 'units',
};

export const unitName: LookupSpec = {
  name: 'unit_name',
  field: 'unit_code',
  titles: [
    'Đơn vị',
    'Tên đơn vị',
    'Chủ đầu tư',
    'Tên chủ đầu tư',
    'Đơn vị được giao vốn',
    'Đơn vị thực hiện',
    'Huyện, thành phố',
    'Ban quản lý dự án',
    'CĐT',
  ],
};

export const projectCode: FieldSpec = {
  ...field('project_code', 'code', ['Mã dự án', 'Mã DA', 'Mã công trình', 'Mã số dự án', 'Mã số']),
  list: 'projects',
};

const PROJECT_NAMES = [
  'Tên dự án',
  'Dự án',
  'Danh mục dự án',
  'Tên công trình',
  'Danh mục công trình',
  'Công trình',
  'Danh mục',
  'Nội dung',
  'Tên dự án, công trình',
  'Danh mục công trình, dự án',
  'Chủ đầu tư/Dự án',
  'Đơn vị/Dự án',
];

export const projectName: LookupSpec = { name: 'project_name', field: 'project_code', titles: PROJECT_NAMES };

/** The seven digits as a way to the project: Treasury and the national system write nothing else. */
export const projectNationalCode: LookupSpec = {
  name: 'national_code',
  field: 'project_code',
  titles: ['Mã dự án quốc gia', 'Mã số dự án đầu tư', 'Mã DA quốc gia', 'Mã dự án (KBNN)', 'Mã dự án KBNN'],
};

export const sourceCode: FieldSpec = {
  ...field('source_code', 'code', ['Mã nguồn vốn', 'Nguồn vốn', 'Mã nguồn', 'Nguồn', 'Mã tính chất nguồn kinh phí']),
  list: 'sources',
};

export const sourceName: LookupSpec = {
  name: 'source_name',
  field: 'source_code',
  titles: ['Tên nguồn vốn', 'Tên nguồn', 'Loại nguồn vốn'],
};

export const carriedOver: FieldSpec = {
  ...field('carried_over', 'flag', ['Vốn kéo dài', 'Kéo dài', 'Vốn năm trước chuyển sang', 'Loại kế hoạch vốn']),
  assumed: '0',
  choices: [
    {
      value: '0',
      titles: ['Không', 'Kế hoạch năm', 'Vốn kế hoạch năm', 'Vốn trong năm', 'Năm nay', 'No', 'K'],
    },
    {
      value: '1',
      titles: [
        'Có',
        'Kéo dài',
        'Vốn kéo dài',
        'Vốn kéo dài năm trước',
        'Kế hoạch vốn kéo dài',
        'Vốn năm trước chuyển sang',
        'Chuyển nguồn',
        'Yes',
        'x',
      ],
    },
  ],
};

export const documentNo = optional(
  field('document_no', 'text', ['Số chứng từ', 'Số CT', 'Chứng từ số', 'Số giấy rút vốn', 'Số văn bản']),
);

export const amount = (titles: readonly string[]): FieldSpec => field('amount_vnd', 'amount', titles);

export { field, PROJECT_NAMES };

/** Columns that every table of ours may carry and that no kind imports. */
export const NUMBERING = ['STT', 'TT', 'Số TT', 'Số thứ tự', 'Ghi chú', 'Ghi chú khác', 'Lý do bị trả lại', 'Dòng số'];
