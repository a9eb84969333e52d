import { plainTitle, plainWords, tidyText } from './plain-title.js';
import type { ListedName, ListName, ReadingChoices } from './sheet.js';

export type CodeReading =
  { code: string } | { problem: 'name-unknown' | 'name-ambiguous' | 'code-lost-zeros'; facts: Record<string, string> };

/** How a name is shortened in tables, in plain words; what stands for nothing is dropped. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  tp: 'thanh pho',
  tx: 'thi xa',
  tt: 'thi tran',
  ubnd: '',
  h: 'huyen',
  x: 'xa',
  p: 'phuong',
  bql: 'ban quan ly',
  qlda: 'quan ly du an',
  bqlda: 'ban quan ly du an',
  dtxd: 'dau tu xay dung',
  da: 'du an',
  nstw: 'ngan sach trung uong',
  nsdp: 'ngan sach dia phuong',
  ctmtqg: 'chuong trinh muc tieu quoc gia',
  mtqg: 'muc tieu quoc gia',
};

/** Kinds of units before their names; without one, a name may mean several. */
const KIND_OF_UNIT = /^(?:huyen|thanh pho|thi xa|xa|phuong|thi tran) /;

/** Units, projects and sources by code and by name. A name never decides between two codes. */
export class NameLists {
  private readonly lists = new Map<ListName, NameList>();

  constructor(lists: ReadingChoices['lists']) {
    for (const [name, entries] of Object.entries(lists ?? {})) this.lists.set(name as ListName, new NameList(entries));
  }

  has(list: ListName): boolean {
    return this.lists.has(list);
  }

  /** The code that a text means: a code as it is, another name of it, or the only one of that name. */
  code(list: ListName, text: string, isNumber: boolean): CodeReading {
    return this.lists.get(list)?.code(text, isNumber) ?? { code: text };
  }

  /** The code, if the text surely means one; for headings and group rows, which may say other things. */
  find(list: ListName, text: string): string | undefined {
    return this.lists.get(list)?.find(text);
  }

  /** Whether the text is a name that several codes bear. */
  isAmbiguous(list: ListName, text: string): boolean {
    const found = this.lists.get(list)?.code(text, false);
    return found !== undefined && 'problem' in found && found.problem === 'name-ambiguous';
  }
}

class NameList {
  private readonly codes = new Map<string, ListedName>();
  private readonly aliases = new Map<string, Set<string>>();
  private readonly exact = new Map<string, Set<string>>();
  private readonly plain = new Map<string, Set<string>>();
  private readonly bare = new Map<string, Set<string>>();
  private readonly withoutZeros = new Map<string, Set<string>>();
  private readonly known = new Map<string, CodeReading>();

  constructor(entries: readonly ListedName[]) {
    for (const entry of entries) {
      this.codes.set(entry.code, entry);
      for (const alias of entry.aliases ?? []) add(this.aliases, plainTitle(alias), entry.code);
      add(this.exact, entry.name.toLowerCase(), entry.code);
      const words = fullWords(entry.name);
      add(this.plain, words, entry.code);
      add(this.bare, words.replace(KIND_OF_UNIT, ''), entry.code);
      if (/^0/.test(entry.code)) add(this.withoutZeros, entry.code.replace(/^0+/, ''), entry.code);
    }
  }

  find(text: string): string | undefined {
    if (this.codes.has(text)) return text;
    const found = this.byName(text);
    return found.size === 1 ? [...found][0] : undefined;
  }

  code(text: string, isNumber: boolean): CodeReading {
    const key = isNumber ? `#${text}` : text;
    let reading = this.known.get(key);
    if (!reading) this.known.set(key, (reading = this.judged(text, isNumber)));
    return reading;
  }

  private judged(text: string, isNumber: boolean): CodeReading {
    if (this.codes.has(text)) return { code: text };
    const found = this.byName(text);
    if (found.size === 1) return { code: [...found][0] as string };
    if (found.size > 1)
      return { problem: 'name-ambiguous', facts: { name: text, codes: [...found].sort().join(', ') } };
    const [padded] = (isNumber && this.withoutZeros.get(text)) || [];
    if (padded) return { problem: 'code-lost-zeros', facts: { found: text, code: padded } };
    // A word without spaces reads as a code: whether it is one, the books decide.
    return /\s/.test(text) ? { problem: 'name-unknown', facts: { name: text } } : { code: text };
  }

  private byName(text: string): Set<string> {
    const name = tidyText(text);
    const words = fullWords(name);
    const byAlias = this.aliases.get(plainTitle(name));
    if (byAlias) return byAlias;
    return (
      this.exact.get(name.toLowerCase()) ??
      this.plain.get(words) ??
      (KIND_OF_UNIT.test(words) ? undefined : this.bare.get(words)) ??
      NONE
    );
  }
}

const NONE: Set<string> = new Set();

function add(map: Map<string, Set<string>>, key: string, code: string): void {
  if (key === '') return;
  const codes = map.get(key);
  if (codes) codes.add(code);
  else map.set(key, new Set([code]));
}

function fullWords(name: string): string {
  return plainWords(name)
    .split(' ')
    .map((word) => ABBREVIATIONS[word] ?? word)
    .filter((word) => word !== '')
    .join(' ');
}
