import type { ProjectsErrorCode, ProjectsProblemCode } from '#libs/projects';
import { say, type Refusals } from './refusal-words.js';

export const PROJECTS_WORDS: Refusals<ProjectsErrorCode | ProjectsProblemCode> = {
  'project-not-found': say(
    404,
    ({ project }) => `Không có dự án mã ${project}.`,
    ({ project }) => `There is no project with code ${project}.`,
  ),
  'project-changed-meanwhile': say(
    412,
    ({ project }) => `Dự án ${project} vừa được người khác sửa. Tải lại rồi sửa tiếp; những gì bạn gõ vẫn còn ở đây.`,
    ({ project }) => `Project ${project} was changed by someone else meanwhile. Reload it and edit again.`,
  ),
  'national-code-taken': say(
    409,
    ({ nationalCode }) => `Mã số dự án quốc gia ${nationalCode} đã thuộc một dự án khác.`,
    ({ nationalCode }) => `National code ${nationalCode} belongs to another project.`,
  ),
  'opening-incomplete': say(
    422,
    () => 'Số luỹ kế trước khi có sổ cần đủ ba ô: đến hết năm, vốn đã giao, đã giải ngân; hoặc để trống cả ba.',
    () => 'The figures from before the books need all three: through which year, allocated, disbursed; or none.',
  ),
  'investment-decision-incomplete': say(
    422,
    () => 'Ngày quyết định đầu tư cần số quyết định đi kèm.',
    () => 'The date of an investment decision needs its number.',
  ),
  'cell-malformed': say(
    422,
    ({ found }) => `Không đọc được giá trị "${found}".`,
    ({ found }) => `The value "${found}" cannot be read.`,
  ),
  'row-twice': say(
    422,
    ({ row }) => `Mã này đã có ở dòng dữ liệu ${row} với nội dung khác.`,
    ({ row }) => `Data row ${row} has the same code with other contents.`,
  ),
  'unit-not-known': say(
    422,
    ({ found }) => `Không có đơn vị mã "${found}".`,
    ({ found }) => `There is no unit with code "${found}".`,
  ),
  'place-unknown': say(
    422,
    ({ place }) => `Không có địa bàn mã ${place}.`,
    ({ place }) => `There is no place with code ${place}.`,
  ),
  'parent-unknown': say(
    422,
    ({ found }) => `Không có dự án mẹ mã "${found}", trong sổ cũng như trong tệp.`,
    ({ found }) => `There is no parent project "${found}", neither in the register nor in the file.`,
  ),
  'parent-holds-capital': say(
    422,
    ({ project }) => `Dự án ${project} đã có vốn hoặc giải ngân nên không nhận dự án thành phần.`,
    ({ project }) => `Project ${project} holds capital or money itself and takes no components.`,
  ),
  'parent-in-circle': say(
    422,
    ({ found }) => `Dự án mẹ "${found}" quay vòng về chính dự án này.`,
    ({ found }) => `Parent "${found}" leads back to this project.`,
  ),
  'project-unit-fixed': say(
    422,
    ({ unit }) => `Dự án đã có vốn hoặc giải ngân ở đơn vị ${unit}; đổi đơn vị bằng nghiệp vụ sắp xếp đơn vị.`,
    ({ unit }) => `The project has capital or money at unit ${unit}; move it by a reorganisation.`,
  ),
  'project-not-known': say(
    422,
    ({ found }) => `Không có dự án mã "${found}".`,
    ({ found }) => `There is no project with code "${found}".`,
  ),
  'national-code-in-use': say(
    422,
    ({ found, project }) => `Mã số dự án quốc gia ${found} đã thuộc dự án ${project}.`,
    ({ found, project }) => `National code ${found} belongs to project ${project}.`,
  ),
};
