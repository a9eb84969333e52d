import type { EntityManager } from 'typeorm';
import type { IsoDate } from '#libs/kernel';
import type { BeforeValues } from './file-rows.js';

/** What the register holds of what a file names. */
export interface KnownProjects {
  /** By code, in the columns of projects.csv, '' where empty; the file's projects and every parent above them. */
  projects: Map<string, BeforeValues>;
  /** Projects that hold capital or money themselves. */
  funded: Set<string>;
  units: Set<string>;
  places: Set<string>;
  /** Project by national code. */
  nationalCodes: Map<string, string>;
}

interface NamingRow {
  code?: string;
  parent_code?: string;
  national_code?: string;
}

/** Reads in a few statements what any number of rows need to be judged. */
export async function loadKnownProjects(
  tx: EntityManager,
  rows: readonly NamingRow[],
  on: IsoDate,
): Promise<KnownProjects> {
  const named = (field: keyof NamingRow): string[] => [
    ...new Set(rows.map((row) => (row[field] ?? '').trim().normalize('NFC')).filter(Boolean)),
  ];
  const projects: (BeforeValues & { code: string; is_funded: boolean })[] = await tx.query(
    `WITH RECURSIVE wanted (code) AS (
       SELECT code FROM project WHERE code = ANY($1)
       UNION SELECT p.parent_code FROM project AS p JOIN wanted USING (code) WHERE p.parent_code IS NOT NULL
     )
     SELECT p.code, coalesce(p.national_code, '') AS national_code, p.name AS name_vi,
            coalesce(p.parent_code, '') AS parent_code, coalesce(h.unit_code, '') AS unit_code,
            coalesce(p.investor_name, '') AS investor_name, p.capital_type, p.programme,
            coalesce((SELECT string_agg(place_code, ';' ORDER BY place_code COLLATE "C") FROM project_place AS pp
                      WHERE pp.project_code = p.code), '') AS places,
            coalesce(p.total_investment::text, '') AS total_investment_vnd,
            EXISTS (SELECT FROM allocation_line AS l WHERE l.project_code = p.code)
              OR EXISTS (SELECT FROM disbursement_entry AS e WHERE e.project_code = p.code) AS is_funded
     FROM project AS p JOIN wanted USING (code)
     LEFT JOIN project_unit AS h ON h.project_code = p.code AND daterange(h.valid_from, h.valid_to, '[]') @> $2::date`,
    [[...new Set([...named('code'), ...named('parent_code')])], on],
  );
  const codesOf = async (table: 'unit' | 'place'): Promise<Set<string>> => {
    const found: { code: string }[] = await tx.query(`SELECT code FROM ${table}`);
    return new Set(found.map(({ code }) => code));
  };
  const national: { national_code: string; code: string }[] = await tx.query(
    'SELECT national_code, code FROM project WHERE national_code = ANY($1)',
    [named('national_code')],
  );
  return {
    projects: new Map(projects.map(({ is_funded: _funded, ...project }) => [project.code, project])),
    funded: new Set(projects.filter(({ is_funded: isFunded }) => isFunded).map(({ code }) => code)),
    units: await codesOf('unit'),
    places: await codesOf('place'),
    nationalCodes: new Map(national.map((row) => [row.national_code, row.code])),
  };
}
