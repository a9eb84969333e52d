import { DomainError } from '#libs/kernel';
import yauzl from 'yauzl';
import type { SheetErrorCode } from './errors.js';
import { MAX_PART_BYTES, MAX_PARTS, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FROM_BYTES } from './file-limits.js';
import { XmlTokens, type XmlListener } from './xml-tokens.js';

type Refusal = DomainError<SheetErrorCode>;
const refusal = (code: SheetErrorCode, file: string): Refusal => new DomainError(code, { file });

/** The parts of a workbook by name, each read as a stream; nothing is unpacked before the directory was looked at. */
export class WorkbookPackage {
  private constructor(
    private readonly zip: yauzl.ZipFile,
    private readonly entries: ReadonlyMap<string, yauzl.Entry>,
    private readonly file: string,
  ) {}

  /**
   * Reads the zip's central directory and refuses what is no honest workbook: too many or too large parts, a ratio of
   * a bomb (each checked again while unpacking), encryption, macros, other office documents.
   */
  static async open(bytes: Buffer, file: string): Promise<WorkbookPackage> {
    const zip = await unzipped(bytes, file);
    const entries = await directory(zip, file);
    const parts = new WorkbookPackage(zip, entries, file);
    await parts.refuseOtherDocuments();
    return parts;
  }

  /** The same of a Word document, for its text alone. */
  static async openWord(bytes: Buffer, file: string): Promise<WorkbookPackage> {
    const zip = await unzipped(bytes, file);
    const parts = new WorkbookPackage(zip, await directory(zip, file), file);
    if (!parts.has('word/document.xml')) throw refusal('file-type-wrong', file);
    return parts;
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** The text of a part in pieces. Throws `file-damaged` for a part that is missing, or not what it says. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name.toLowerCase());
    if (!entry) throw refusal('file-damaged', this.file);
    const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
      this.zip.openReadStream(entry, (error, opened) =>
        error ? reject(refusal('file-damaged', this.file)) : resolve(opened),
      );
    });
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const piece of stream) yield decoder.decode(piece as Buffer, { stream: true });
      decoder.decode();
    } catch (error) {
      // Sizes that lie, a stream that breaks off, bytes that are no text: the file is damaged, whoever did it.
      throw error instanceof DomainError ? error : refusal('file-damaged', this.file);
    }
  }

  /** Tells a whole part to a listener. */
  async tell(name: string, listener: XmlListener): Promise<void> {
    const tokens = new XmlTokens(listener);
    for await (const piece of this.text(name)) tokens.take(piece);
  }

  private async refuseOtherDocuments(): Promise<void> {
    const types = this.has('[Content_Types].xml') ? await this.start('[Content_Types].xml') : '';
    for (const name of this.entries.keys())
      if (/vbaproject\.bin$|xl\/macrosheets\//.test(name)) throw refusal('file-with-macros', this.file);
    if (/macroEnabled/i.test(types)) throw refusal('file-with-macros', this.file);
    if (this.has('xl/workbook.bin')) throw refusal('file-binary-xlsb', this.file);
    if (this.has('word/document.xml')) throw refusal('file-word', this.file);
    if (this.has('mimetype')) {
      const mime = await this.start('mimetype');
      throw refusal(mime.includes('opendocument.spreadsheet') ? 'file-ods' : 'file-type-wrong', this.file);
    }
    if (!this.has('xl/workbook.xml') && !types.includes('spreadsheetml')) throw refusal('file-type-wrong', this.file);
  }

  private async start(name: string): Promise<string> {
    let text = '';
    for await (const piece of this.text(name)) if ((text += piece).length > 200_000) break;
    return text;
  }
}

function unzipped(bytes: Buffer, file: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, autoClose: false }, (error, opened) =>
      error ? reject(refusal('file-damaged', file)) : resolve(opened),
    );
  });
}

async function directory(zip: yauzl.ZipFile, file: string): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > MAX_PARTS) throw refusal('file-zip-bomb', file);
  const entries = new Map<string, yauzl.Entry>();
  let unpacked = 0;
  await new Promise<void>((resolve, reject) => {
    zip.on('error', () => reject(refusal('file-damaged', file)));
    zip.on('end', resolve);
    zip.on('entry', (entry: yauzl.Entry) => {
      const wrong = wrongEntry(entry, (unpacked += entry.uncompressedSize));
      const name = entry.fileName.toLowerCase();
      if (wrong || entries.has(name)) {
        reject(refusal(wrong ?? 'file-damaged', file));
        return;
      }
      entries.set(name, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
  return entries;
}

function wrongEntry(entry: yauzl.Entry, unpacked: number): SheetErrorCode | undefined {
  if (entry.isEncrypted()) return 'file-password';
  if (![0, 8].includes(entry.compressionMethod)) return 'file-damaged';
  if (entry.uncompressedSize > MAX_PART_BYTES || unpacked > MAX_UNPACKED_BYTES) return 'file-zip-bomb';
  const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
  return ratio > MAX_RATIO && entry.uncompressedSize > RATIO_FROM_BYTES ? 'file-zip-bomb' : undefined;
}
