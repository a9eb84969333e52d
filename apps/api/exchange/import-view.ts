import type {
  FoundImport,
  ImportChoices,
  ImportDifference,
  ImportedRow,
  ImportErrorCode,
  OutcomeCount,
} from '#libs/exchange';
import { DomainError, dongToJson } from '#libs/kernel';
import { ERROR_WORDS, type ErrorCode, type Language } from '../shell/error-words/index.js';
import type { ImportDifferenceDto, ImportDto, ImportRowDto, OutcomeCountDto, RereadImportDto } from './import.dto.js';

export function importView({ batch, earlier }: FoundImport, language: Language): ImportDto {
  const { choices, difference, failure } = batch;
  return {
    id: batch.id,
    kind: batch.kind,
    fileName: batch.fileName,
    bytes: batch.bytes,
    state: batch.state as ImportDto['state'],
    choices: {
      amountUnit: choices.amountUnit ?? null,
      cumulative: choices.cumulative ?? null,
      decimal: choices.decimal ?? null,
      constants: choices.constants ?? {},
      mapping: choices.mapping ?? {},
    },
    progress: progressOf(batch),
    reading: batch.reading,
    difference: difference && differenceView(difference),
    failure: failure && {
      code: failure.code,
      detail: sentence(failure.code, failure.facts, language),
      problems: failure.problems.map(({ column, code, facts }) => ({
        column,
        code,
        detail: sentence(code, facts, language),
      })),
    },
    repeatOf: earlier && { ...earlier, committedAt: earlier.committedAt.toISOString() },
    reason: batch.reason,
    entries: batch.entries,
    rowsHash: batch.rowsHash,
    illustrative: batch.isIllustrative,
    createdAt: batch.createdAt.toISOString(),
    createdBy: batch.createdBy,
    readAt: batch.readAt?.toISOString() ?? null,
    committedAt: batch.committedAt?.toISOString() ?? null,
    committedBy: batch.committedBy,
  };
}

export function importRowView(row: ImportedRow, language: Language): ImportRowDto {
  return {
    ...row,
    dong: row.dong === null ? null : dongToJson(row.dong),
    differenceDong: row.differenceDong === null ? null : dongToJson(row.differenceDong),
    problems: row.problems.map((problem) => ({
      field: problem.field?.startsWith('#') ? null : problem.field,
      code: problem.code,
      detail: sentence(problem.code, problem.facts, language),
    })),
  };
}

/** The sentence of a code, whoever found the problem. */
export function sentence(code: string, facts: DomainError['facts'], language: Language): string {
  return Object.hasOwn(ERROR_WORDS, code) ? ERROR_WORDS[code as ErrorCode][language](facts) : code;
}

function progressOf(batch: FoundImport['batch']): ImportDto['progress'] {
  const isRead = batch.readAt !== null;
  const { rowsRead, bytesRead, bytes } = batch;
  if (isRead) return { rowsRead, rowsTotal: rowsRead, percent: 100 };
  if (bytesRead === 0) return { rowsRead, rowsTotal: null, percent: 0 };
  return {
    rowsRead,
    rowsTotal: Math.max(rowsRead, Math.round((rowsRead * bytes) / bytesRead)),
    // What follows the reading, comparing with the books, takes about a tenth.
    percent: Math.min(90, Math.floor((90 * bytesRead) / bytes)),
  };
}

function differenceView(difference: ImportDifference): ImportDifferenceDto {
  return {
    new: countView(difference.new),
    changed: countView(difference.changed),
    same: countView(difference.same),
    rejected: countView(difference.rejected),
    withoutReason: difference.withoutReason,
  };
}

function countView({ cells, rows, dong, differenceDong }: OutcomeCount): OutcomeCountDto {
  return { cells, rows, dong: dongToJson(BigInt(dong)), differenceDong: dongToJson(BigInt(differenceDong)) };
}

const AMOUNT_UNITS = ['dong', 'nghin-dong', 'trieu-dong', 'ty-dong'] as const;

/** The text fields of the form, checked. */
export function choicesOf(fields: Readonly<Record<string, string>>): ImportChoices {
  const { amountUnit, cumulative, decimal, constants, mapping } = fields;
  const choices: ImportChoices = {};
  if (amountUnit) {
    const unit = AMOUNT_UNITS.find((known) => known === amountUnit);
    if (!unit) throw malformed('amountUnit', amountUnit);
    choices.amountUnit = unit as NonNullable<ImportChoices['amountUnit']>;
  }
  if (cumulative && !['true', 'false'].includes(cumulative)) throw malformed('cumulative', cumulative);
  if (cumulative) choices.cumulative = cumulative === 'true';
  if (decimal === ',' || decimal === '.') choices.decimal = decimal;
  else if (decimal) throw malformed('decimal', decimal);
  if (constants) choices.constants = textsOf('constants', parsed('constants', constants), FIELD_NAME);
  if (mapping) choices.mapping = textsOf('mapping', parsed('mapping', mapping), COLUMN);
  return choices;
}

/** The same choices as a JSON body; what is empty is not chosen. */
export function rereadChoices({ amountUnit, cumulative, decimal, constants, mapping }: RereadImportDto): ImportChoices {
  const chosen = (texts: Record<string, string> | undefined): boolean => Object.keys(texts ?? {}).length > 0;
  return {
    ...(amountUnit === undefined ? {} : { amountUnit }),
    ...(cumulative === undefined ? {} : { cumulative }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(chosen(constants) ? { constants: textsOf('constants', constants, FIELD_NAME) } : {}),
    ...(chosen(mapping) ? { mapping: textsOf('mapping', mapping, COLUMN) } : {}),
  };
}

const FIELD_NAME = /^[a-z_]{1,40}$/;
const COLUMN = /^[0-9]{1,3}$/;

const MOST_TEXTS = 300;
const MOST_LETTERS = 300;

function parsed(field: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw malformed(field, json);
  }
}

function textsOf(field: string, value: unknown, keys: RegExp): Record<string, string> {
  const refused = malformed(field, JSON.stringify(value));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused;
  const entries = Object.entries(value);
  const isPlain = ([key, text]: [string, unknown]): boolean =>
    keys.test(key) && typeof text === 'string' && text.length <= MOST_LETTERS && !text.includes('\u0000');
  if (entries.length > MOST_TEXTS || !entries.every(isPlain)) throw refused;
  return Object.fromEntries(entries.map(([key, text]) => [key, (text as string).normalize('NFC').trim()]));
}

function malformed(field: string, found: string): DomainError {
  return new DomainError<ImportErrorCode>('import-choices-malformed', { field, found: found.slice(0, 60) });
}
