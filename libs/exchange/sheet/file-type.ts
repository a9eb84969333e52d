import { DomainError } from '#libs/kernel';
import type { SheetErrorCode } from './errors.js';

/** What a file is by its first bytes. `ole`: the container of old .xls and of workbooks under a password. */
export type FileType = 'csv' | 'zip' | 'ole' | 'biff' | 'pdf' | 'html' | 'xml' | 'utf-16' | 'rtf' | 'binary';

const startsWith = (bytes: Buffer, ...values: number[]): boolean => values.every((value, i) => bytes[i] === value);

/** Judged by content: a name says what people hope a file is. */
export function fileTypeOf(bytes: Buffer, fileName: string): FileType {
  if (startsWith(bytes, 0x50, 0x4b)) return 'zip';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'ole';
  // BIFF of Excel 2 to 4, without a container.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04].includes(bytes[1] ?? -1) && bytes[3] === 0x00) return 'biff';
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return 'utf-16';
  const head = bytes.subarray(0, 1024).toString('latin1');
  if (head.startsWith('%PDF')) return 'pdf';
  if (head.startsWith('{\\rtf')) return 'rtf';
  const words = head.replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<head|<meta|<table|<style)/.test(words)) return 'html';
  if (words.startsWith('<?xml')) return words.includes('<html') ? 'html' : 'xml';
  if (bytes.includes(0)) return halfAreZero(bytes) ? 'utf-16' : 'binary';
  if (/\.(png|jpe?g|gif|zip|rar|7z|exe|docx?|pptx?|xlsx|xlsm|xls|xlsb|ods|pdf)$/i.test(fileName)) {
    // A .xls that is plain csv text is common and harmless; the others are not what their name promises.
    return /\.(xls)$/i.test(fileName) ? 'csv' : 'binary';
  }
  return 'csv';
}

/** Latin letters in UTF-16 have a zero byte each. */
function halfAreZero(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 2000);
  let zeros = 0;
  for (const byte of sample) if (byte === 0) zeros++;
  return zeros > sample.length / 4;
}

const REFUSED: Readonly<Record<Exclude<FileType, 'csv' | 'zip' | 'ole'>, SheetErrorCode>> = {
  biff: 'file-old-xls',
  pdf: 'file-pdf',
  html: 'file-html',
  xml: 'file-type-wrong',
  rtf: 'file-word',
  'utf-16': 'file-not-utf-8',
  binary: 'file-type-unknown',
};

const inUtf16 = (name: string): Buffer => Buffer.from(name, 'utf16le');

/** Says no, and why: `whole` is the container where the type is `ole`. */
export function refuseType(type: Exclude<FileType, 'csv' | 'zip'>, fileName: string, whole?: Buffer): never {
  throw new DomainError<SheetErrorCode>(type === 'ole' ? oleCode(whole as Buffer) : REFUSED[type], { file: fileName });
}

function oleCode(whole: Buffer): SheetErrorCode {
  if (whole.includes(inUtf16('EncryptedPackage'))) return 'file-password';
  if (whole.includes(inUtf16('WordDocument'))) return 'file-word';
  if (whole.includes(inUtf16('Workbook')) || whole.includes(inUtf16('Book'))) return 'file-old-xls';
  return 'file-type-unknown';
}
