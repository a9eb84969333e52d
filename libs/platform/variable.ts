/** One environment variable: what it means, what holds without it, how it is read. */
export interface Variable<T> {
  name: string;
  meaning: string;
  /** As shown in the README where nothing is set. */
  byDefault: string;
  read(text: string | undefined): T;
  /** A secret may also be given as `NAME_FILE`, the path of a file that holds it. */
  secret?: boolean;
}

export class NotReadable extends Error {}

export const text = (fallback: string) => (given: string | undefined) => given ?? fallback;
/** A secret that people or programs sign in with; too short a one is refused before anything starts. */
export const password =
  (least: number) =>
  (given: string | undefined): string | undefined => {
    if (given !== undefined && [...given].length < least)
      throw new NotReadable(`must have at least ${least} characters`);
    return given;
  };
export const wholeNumber =
  (fallback: number, least: number, most: number) =>
  (given: string | undefined): number => {
    if (given === undefined) return fallback;
    const value = Number(given);
    if (!/^[0-9]+$/.test(given) || value < least || value > most)
      throw new NotReadable(`must be a whole number from ${least} to ${most}`);
    return value;
  };
export const oneOf =
  <T extends string>(fallback: T, ...choices: T[]) =>
  (given: string | undefined): T => {
    if (given === undefined) return fallback;
    if (!choices.includes(given as T)) throw new NotReadable(`must be one of ${choices.join(', ')}`);
    return given as T;
  };
export const url =
  (...schemes: string[]) =>
  (given: string | undefined): string | undefined => {
    if (given === undefined) return undefined;
    if (!URL.canParse(given) || !schemes.includes(new URL(given).protocol))
      throw new NotReadable(`must be an address that begins with ${schemes.map((s) => `${s}//`).join(' or ')}`);
    return given;
  };
