/** Enough of a SHA-256 to compare two print-outs by eye: "9f2c 61ae … 04d7". */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`;
}
