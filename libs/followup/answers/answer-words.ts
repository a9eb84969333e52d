import { dong } from '#libs/notices';
import type { AnswerRow } from './answer-queries.js';

export const ANSWER_KIND_NAMES = { explanation: 'Giải trình', objection: 'Kiến nghị xem lại' } as const;
const FIGURE_NAMES = { disbursed: 'giải ngân', plan: 'kế hoạch' } as const;

/** "số giải ngân đến hết tháng 9 năm 2024 (đang ghi 18 đồng, đơn vị nêu 30 đồng)"; null where no figure is contested. */
export function contestedWords({ figure, planYear, month, projectName, stated, claimed }: AnswerRow): string | null {
  if (figure === null || stated === null || claimed === null) return null;
  const of = projectName === null ? '' : ` của ${projectName}`;
  const until = `đến hết tháng ${month} năm ${planYear}`;
  return `số ${FIGURE_NAMES[figure]} ${until}${of} (đang ghi ${dong(stated)} đồng, đơn vị nêu ${dong(claimed)} đồng)`;
}
