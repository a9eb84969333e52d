import { field, optional, projectCode, PROJECT_NAMES, unitCode, unitName, NUMBERING } from './field-specs.js';
import type { FieldSpec, KindSpec } from './sheet.js';

/** Units, projects, key projects: what the registers hold. */

const CAPITAL_TYPES: FieldSpec['choices'] = [
  { value: 'public', titles: ['Đầu tư công', 'Vốn đầu tư công', 'Công'] },
  { value: 'ppp', titles: ['PPP', 'Đối tác công tư', 'Hợp tác công tư'] },
  { value: 'non-budget', titles: ['Ngoài ngân sách', 'Vốn ngoài ngân sách', 'Vốn tư nhân'] },
  { value: 'unknown', titles: ['Chưa rõ'] },
];

export const units: KindSpec = {
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

export const projects: KindSpec = {
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

export const keyProjects: KindSpec = {
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
