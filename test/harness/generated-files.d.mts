export const GENERATED: Record<'openapi' | 'schema' | 'client', string>;
/** Content by path, made with the built command line on a migrated database. */
export function generatedFiles(databaseUrl: string): Promise<Record<string, string>>;
export function fromRoot(path: string): string;
