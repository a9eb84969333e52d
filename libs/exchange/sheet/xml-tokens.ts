import { DomainError } from '#libs/kernel';
import type { SheetErrorCode } from './errors.js';

/** What a part of a workbook says, in order. Names come without namespace prefix. */
export interface XmlListener {
  /** `attributes` is the raw text of the tag: ask `attribute(attributes, 'r')`. */
  open(name: string, attributes: string): void;
  /** Character data, entities resolved. */
  text(text: string): void;
  close(name: string): void;
}

/**
 * Reads the XML of workbooks as its pieces arrive: elements, attributes, text. A document type is refused, so that no
 * entity can be declared; nothing is ever fetched. Throws `file-damaged`.
 */
export class XmlTokens {
  private rest = '';

  constructor(private readonly listener: XmlListener) {}

  take(piece: string): void {
    const text = this.rest === '' ? piece : this.rest + piece;
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open === -1) {
        // Text without a tag after it may be half of an entity: it waits.
        break;
      }
      if (open > at) this.listener.text(unescaped(text.slice(at, open)));
      const next = this.tag(text, open);
      if (next === -1) {
        at = open;
        break;
      }
      at = next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > MAX_TAG) throw damaged();
  }

  /** Where the text goes on after the tag, or -1 when the tag is not complete yet. */
  private tag(text: string, open: number): number {
    const sign = text.charCodeAt(open + 1);
    if (sign === QUESTION) return after(text, '?>', open);
    if (sign === EXCLAMATION) {
      if (text.startsWith('<!--', open)) return after(text, '-->', open);
      if (text.startsWith('<![CDATA[', open)) {
        const end = text.indexOf(']]>', open);
        if (end === -1) return -1;
        this.listener.text(text.slice(open + 9, end));
        return end + 3;
      }
      if (text.length - open < 9) return -1;
      throw damaged();
    }
    const end = tagEnd(text, open + 1);
    if (end === -1) return -1;
    if (sign === SLASH) {
      this.listener.close(localName(text.slice(open + 2, end).trim()));
      return end + 1;
    }
    const empty = text.charCodeAt(end - 1) === SLASH;
    const inner = text.slice(open + 1, empty ? end - 1 : end);
    const space = firstSpace(inner);
    const name = localName(space === -1 ? inner : inner.slice(0, space));
    this.listener.open(name, space === -1 ? '' : inner.slice(space));
    if (empty) this.listener.close(name);
    return end + 1;
  }
}

const QUESTION = 0x3f;
const EXCLAMATION = 0x21;
const SLASH = 0x2f;
/** No tag and no run of text in an honest part is longer: a cell holds 32,767 characters. */
const MAX_TAG = 1_000_000;

const damaged = (): DomainError<SheetErrorCode> => new DomainError('file-damaged');

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at === -1 ? -1 : at + end.length;
}

/** The `>` that closes a tag; one within a quoted attribute does not. */
function tagEnd(text: string, from: number): number {
  let end = text.indexOf('>', from);
  while (end !== -1 && insideQuotes(text, from, end)) end = text.indexOf('>', end + 1);
  return end;
}

function insideQuotes(text: string, from: number, to: number): boolean {
  let quote = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (quote === 0 ? code === 0x22 || code === 0x27 : code === quote) quote = quote === 0 ? code : 0;
  }
  return quote !== 0;
}

function firstSpace(text: string): number {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) <= 0x20) return at;
  return -1;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}

/** The value of an attribute in the raw text of a tag, with its prefix if it has one (`r:id`); undefined: not there. */
export function attribute(attributes: string, name: string): string | undefined {
  for (let at = attributes.indexOf(name); at !== -1; at = attributes.indexOf(name, at + 1)) {
    if (attributes.charCodeAt(at - 1) > 0x20) continue;
    let next = at + name.length;
    while (attributes.charCodeAt(next) <= 0x20) next++;
    if (attributes.charCodeAt(next) !== 0x3d) continue;
    next++;
    while (attributes.charCodeAt(next) <= 0x20) next++;
    const quote = attributes[next] ?? '';
    const end = attributes.indexOf(quote, next + 1);
    if ((quote === '"' || quote === "'") && end !== -1) return unescaped(attributes.slice(next + 1, end));
  }
  return undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (_, hex, decimal, name) => {
    if (name !== undefined) {
      const known = ENTITIES[name];
      if (known === undefined) throw damaged();
      return known;
    }
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    if (code > 0x10ffff) throw damaged();
    return String.fromCodePoint(code);
  });
}
