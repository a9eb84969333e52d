import type { IsoDate } from '#libs/kernel';
import type { NoticeState } from '../life-cycle.rule.js';
import type { Notice, NoticeLine } from '../notice.entity.js';
import type { NoticeMark, NoticeStep } from '../notice-step.entity.js';

/** Stands before the subject of every message of an office whose figures are made up. */
const ILLUSTRATIVE_MARK = '[SỐ LIỆU MINH HOẠ]';

const ILLUSTRATIVE_NOTE = 'Số liệu trong thư là số liệu minh hoạ, không phải số công bố.';

const MOST_LINES = 40;

/** What happened, before the notice's own subject. */
const HAPPENED: Partial<Record<NoticeState | NoticeMark, string>> = {
  withdrawn: 'Thu hồi',
  closed: 'Kết thúc',
  'acknowledge-due-soon': 'Sắp đến hạn xác nhận',
  'acknowledge-overdue': 'Quá hạn xác nhận',
  'acknowledge-escalated': 'Báo cáo lãnh đạo: quá hạn xác nhận',
  'plan-due-soon': 'Sắp đến hạn lên kế hoạch kiểm tra',
  'plan-overdue': 'Quá hạn lên kế hoạch kiểm tra',
  'plan-escalated': 'Báo cáo lãnh đạo: quá hạn lên kế hoạch kiểm tra',
  'answer-due-soon': 'Sắp đến hạn trả lời',
  'answer-overdue': 'Quá hạn trả lời',
  'answer-escalated': 'Báo cáo lãnh đạo: quá hạn trả lời',
};

export interface Office {
  illustrative: boolean;
  publicUrl: string | undefined;
}

export interface Message {
  title: string;
  text: string;
}

/** The message about one step of a notice: what happened, why, until when, and the units it is about. */
export function stepMessage(
  step: Pick<NoticeStep, 'what' | 'because'>,
  notice: Notice,
  units: readonly (Pick<NoticeLine, 'kind' | 'gap'> & { name: string })[],
  due: IsoDate | undefined,
  { illustrative, publicUrl }: Office,
): Message {
  const happened = HAPPENED[step.what];
  const title = happened ? `${happened}: ${notice.subject}` : notice.subject;
  return {
    title: marked(title, illustrative),
    text: paragraphs([
      `Kính gửi: ${notice.recipientName}.`,
      title + '.',
      step.because && `Lý do: ${step.because}.`,
      due && `Hạn xử lý: ${vietnameseDay(due)}.`,
      step.what === 'issued' || step.what.includes('-') ? unitList(units) : null,
      publicUrl && `Xem và xử lý: ${new URL(`/notices/${notice.id}`, publicUrl).href}`,
      illustrative && ILLUSTRATIVE_NOTE,
      FOOTER,
    ]),
  };
}

/** A message about something else than a notice: its paragraphs, and where it is seen to. */
export function officeMessage(
  to: string,
  title: string,
  body: readonly (string | null)[],
  path: string,
  { illustrative, publicUrl }: Office,
): Message {
  return {
    title: marked(title, illustrative),
    text: paragraphs([
      `Kính gửi: ${to}.`,
      title + '.',
      ...body,
      publicUrl && `Xem và xử lý: ${new URL(path, publicUrl).href}`,
      illustrative && ILLUSTRATIVE_NOTE,
      FOOTER,
    ]),
  };
}

/** One message a week: what waits, the overdue first. */
export function digestMessage(
  name: string,
  week: IsoDate,
  items: readonly { notice: Notice; day: IsoDate; daysLeft: number; isOverdue: boolean }[],
  { illustrative, publicUrl }: Office,
): Message {
  const overdue = items.filter(({ isOverdue }) => isOverdue).length;
  const title = `Tổng hợp tuần từ ${vietnameseDay(week)}: ${items.length} thông báo đang chờ xử lý, ${overdue} quá hạn`;
  const rows = items.slice(0, MOST_LINES).map(({ notice, day, daysLeft, isOverdue }) => {
    const left = isOverdue ? `quá hạn ${-daysLeft} ngày làm việc` : `còn ${daysLeft} ngày làm việc`;
    return `- ${notice.subject} (${notice.recipientName}): hạn ${vietnameseDay(day)}, ${left}`;
  });
  return {
    title: marked(title, illustrative),
    text: paragraphs([
      `Kính gửi: ${name}.`,
      title + '.',
      [...rows, ...more(items.length)].join('\n'),
      publicUrl && `Xem và xử lý: ${new URL('/notices', publicUrl).href}`,
      illustrative && ILLUSTRATIVE_NOTE,
      FOOTER,
    ]),
  };
}

const FOOTER = 'Thư này do hệ thống theo dõi giải ngân vốn đầu tư công gửi tự động.';

const KINDS: Record<NoticeLine['kind'], string> = {
  'new-case': 'mới vào danh sách',
  'continuing-case': 'tiếp tục trong danh sách',
  'missing-report': 'chưa báo cáo',
  'left-list': 'không còn trong danh sách',
};

function unitList(units: readonly (Pick<NoticeLine, 'kind' | 'gap'> & { name: string })[]): string | null {
  if (units.length === 0) return null;
  const rows = units
    .slice(0, MOST_LINES)
    .map(({ name, kind, gap }) => `- ${name}: ${KINDS[kind]}${gap > 0n ? `, còn thiếu ${dong(gap)} đồng` : ''}`);
  return [...rows, ...more(units.length)].join('\n');
}

function more(count: number): string[] {
  return count > MOST_LINES ? [`- … và ${count - MOST_LINES} mục khác`] : [];
}

function marked(title: string, illustrative: boolean): string {
  return illustrative ? `${ILLUSTRATIVE_MARK} ${title}` : title;
}

function paragraphs(parts: readonly (string | null | undefined | false)[]): string {
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** 1.234.567 */
export function dong(amount: bigint): string {
  return amount.toString().replace(/\B(?=(\d{3})+$)/g, '.');
}

export function vietnameseDay(day: IsoDate): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}
