/** An exact rate. `percent` is cut to four decimals for reading; comparisons use the fraction. */
export class RateDto {
  numerator: string;
  denominator: string;
  percent: string;
}

/** SHA-256 of canonical JSON (RFC 8785): whoever holds the evidence bundle computes the same three. */
export class HashesDto {
  input: string;
  policy: string;
  result: string;
}

/** Number and hash of the audit event that froze an evaluation: `verify -- FILE --head HASH` finds it in an export. */
export class SealDto {
  seq: number;
  hash: string;
}

/** One sentence in both languages. */
export class SentenceDto {
  vi: string;
  en: string;
}

/** A level's plan on one basis and the rate of it. */
export class BasisRateDto {
  basis: 'province' | 'pm';
  /** Units are judged by it. */
  used: boolean;
  /** false: nothing is assigned on this basis at this level; then there is no rate, which is not 0 %. */
  isAssigned: boolean;
  planDong: number;
  rate: RateDto | null;
}
