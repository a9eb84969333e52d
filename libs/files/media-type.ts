import yauzl from 'yauzl';
import { DomainError } from '#libs/kernel';
import type { FilesErrorCode } from './errors.js';
import type { MediaType } from './stored-file.entity.js';

const MOST_PARTS = 5000;
const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'mif1', 'msf1'];

const refusal = (code: FilesErrorCode, file: string): DomainError<FilesErrorCode> => new DomainError(code, { file });

const begins = (bytes: Buffer, ...values: number[]): boolean => values.every((value, i) => bytes[i] === value);

/**
 * What a file is by its bytes; its name says what people hope it is. Anything but the kinds that offices attach is
 * refused, programs inside office documents too.
 */
export async function mediaTypeOf(bytes: Buffer, file: string): Promise<MediaType> {
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'application/pdf';
  if (begins(bytes, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  // ISO base media: the box `ftyp` with its major brand.
  if (bytes.toString('latin1', 4, 8) === 'ftyp' && HEIC_BRANDS.includes(bytes.toString('latin1', 8, 12)))
    return 'image/heic';
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    const isLocked = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
    throw refusal(isLocked ? 'attachment-locked' : 'attachment-old-office', file);
  }
  if (begins(bytes, 0x50, 0x4b, 0x03, 0x04)) return officeTypeOf(bytes, file);
  throw refusal('attachment-kind', file);
}

/** A zip is an office document by the parts that its directory names; nothing is unpacked. */
async function officeTypeOf(bytes: Buffer, file: string): Promise<MediaType> {
  const parts = await partNames(bytes).catch(() => {
    throw refusal('attachment-kind', file);
  });
  if (parts.some((name) => /vbaproject\.bin$|\/macrosheets\//.test(name))) throw refusal('attachment-macros', file);
  const isOffice = parts.includes('[content_types].xml');
  if (isOffice && parts.includes('word/document.xml'))
    return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  if (isOffice && parts.includes('xl/workbook.xml'))
    return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  throw refusal('attachment-kind', file);
}

function partNames(bytes: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      if (zip.entryCount > MOST_PARTS) return reject(new Error('too many parts'));
      const names: string[] = [];
      zip.on('error', reject);
      zip.on('end', () => resolve(names));
      zip.on('entry', ({ fileName }: yauzl.Entry) => {
        names.push(fileName.toLowerCase());
        zip.readEntry();
      });
      zip.readEntry();
    });
  });
}

/** Endings under which people's machines open a kind; the first is the usual one. */
const ENDINGS: Record<MediaType, readonly [string, ...string[]]> = {
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/heic': ['heic', 'heif'],
};

/** The name that was sent, with an ending of what the file is where its own says otherwise: `ảnh.pdf` → `ảnh.pdf.jpg`. */
export function properName(name: string, mediaType: MediaType): string {
  const endings = ENDINGS[mediaType];
  const own = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return endings.includes(own) ? name : `${name}.${endings[0]}`;
}
