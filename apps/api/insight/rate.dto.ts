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

/** One sentence in both languages. */
export class SentenceDto {
  vi: string;
  en: string;
}
