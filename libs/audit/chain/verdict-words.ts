import { isWhole, type ChainVerdict, type Finding } from './verify-chain.rule.js';

export type VerdictLanguage = 'vi' | 'en';

type Say = (finding: Finding) => string;

const numbers = ({ seq, lastSeq }: Finding, to: string): string =>
  lastSeq !== null && lastSeq !== seq ? `${seq} ${to} ${lastSeq}` : `${seq}`;

const VIETNAMESE: Record<Finding['kind'], Say> = {
  changed: (f) => `dòng ${f.line}: sự kiện số ${f.seq} đã bị sửa`,
  unreadable: (f) =>
    `dòng ${f.line}: không đọc được thành sự kiện${f.seq === null ? '' : `, ở chỗ của sự kiện số ${numbers(f, 'đến')}`}`,
  removed: (f) => `trước dòng ${f.line}: thiếu sự kiện số ${numbers(f, 'đến')}`,
  inserted: (f) => `dòng ${f.line}: chen vào một sự kiện lạ${f.seq === null ? '' : `, mang số ${f.seq}`}`,
  moved: (f) => `dòng ${f.line}: sự kiện số ${f.seq} không đứng đúng thứ tự`,
};

const ENGLISH: Record<Finding['kind'], Say> = {
  changed: (f) => `line ${f.line}: event ${f.seq} was changed`,
  unreadable: (f) =>
    `line ${f.line}: cannot be read as an event${f.seq === null ? '' : `, in the place of event ${numbers(f, 'to')}`}`,
  removed: (f) => `before line ${f.line}: event ${numbers(f, 'to')} is missing`,
  inserted: (f) => `line ${f.line}: an event was inserted${f.seq === null ? '' : `, it bears the number ${f.seq}`}`,
  moved: (f) => `line ${f.line}: event ${f.seq} is out of its order`,
};

/** One plain sentence a line: what was read, what is wrong and where, what of the known heads. */
export function verdictSentences(verdict: ChainVerdict, language: VerdictLanguage): string[] {
  const { events, firstSeq, lastSeq, headHash, findings, findingsInAll, heads } = verdict;
  const vi = language === 'vi';
  const say = vi ? VIETNAMESE : ENGLISH;
  const more = findingsInAll - findings.length;
  const read = vi
    ? `Đã đọc ${events} sự kiện, từ số ${firstSeq ?? '–'} đến số ${lastSeq ?? '–'}; mã cuối: ${headHash ?? '–'}`
    : `Read ${events} events, number ${firstSeq ?? '–'} to ${lastSeq ?? '–'}; last hash: ${headHash ?? '–'}`;
  return [
    read,
    ...findings.map((finding) => say[finding.kind](finding)),
    ...(more > 0 ? [vi ? `và ${more} chỗ sai nữa` : `and ${more} more`] : []),
    ...heads.map(({ hash, seq }) => (vi ? headInVietnamese(hash, seq) : headInEnglish(hash, seq))),
    isWhole(verdict)
      ? vi
        ? 'Chuỗi nguyên vẹn.'
        : 'The chain is whole.'
      : vi
        ? 'Chuỗi KHÔNG nguyên vẹn.'
        : 'The chain is NOT whole.',
  ];
}

function headInVietnamese(hash: string, seq: number | null): string {
  return seq === null
    ? `không sự kiện nào mang mã ${hash}: phần cuối đã bị cắt, hoặc chuỗi đã bị viết lại`
    : `mã ${hash} là của sự kiện số ${seq}: đến đó chuỗi vẫn như khi mã được in`;
}

function headInEnglish(hash: string, seq: number | null): string {
  return seq === null
    ? `no event bears the hash ${hash}: the end was cut off, or the chain was rewritten`
    : `the hash ${hash} is that of event ${seq}: up to it the chain is as it was when the hash was printed`;
}
