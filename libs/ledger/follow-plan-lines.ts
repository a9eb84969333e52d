import type { EntityManager } from 'typeorm';
import type { IsoDate, Month } from '#libs/kernel';
import type { CodedRow } from './known-codes.js';

interface Successor {
  unit: string;
  project: string;
  successor: string;
  /** The unit's last day. */
  last: IsoDate;
  from: IsoDate | null;
  to: IsoDate | null;
  decisionNo: string;
}

export interface FollowedLine<Line> {
  line: Line;
  /** What was carried to whom, a sentence for the note of the decision; null where nothing was. */
  note: string | null;
}

/**
 * Plan lines that take effect after a unit has ended and still name it, as decisions do that were signed before and
 * arrive late: they go to whoever holds the project then, if that is a successor of the unit (by however many steps).
 * Capital not assigned to a project stays with the named unit, and is refused: whose it is the decision must say.
 */
export async function followPlanLines<Line extends CodedRow>(
  tx: EntityManager,
  lines: readonly Line[],
  monthOf: (line: Line) => Month,
): Promise<FollowedLine<Line>[]> {
  const successors: Successor[] = await tx.query(
    `WITH RECURSIVE chain (root, code) AS (
       SELECT u.code, u.code FROM unit AS u WHERE u.code = ANY($1) AND u.valid_to IS NOT NULL
       UNION SELECT c.root, s.successor_code FROM chain AS c JOIN unit_succession AS s ON s.predecessor_code = c.code)
     SELECT c.root AS unit, h.project_code AS project, h.unit_code AS successor, u.valid_to::text AS last,
            h.valid_from::text AS "from", h.valid_to::text AS "to", r.decision_no AS "decisionNo"
     FROM chain AS c JOIN unit AS u ON u.code = c.root
     JOIN project_unit AS h ON h.unit_code = c.code AND h.project_code = ANY($2)
     JOIN reorganisation AS r ON r.id = (SELECT min(s.reorganisation_id) FROM unit_succession AS s
                                         WHERE s.predecessor_code = c.root)
     WHERE c.code <> c.root
       AND EXISTS (SELECT FROM project_unit AS own WHERE own.unit_code = c.root AND own.project_code = h.project_code)`,
    [
      [...new Set(lines.map(({ unitCode }) => unitCode))],
      [...new Set(lines.flatMap(({ projectCode }) => projectCode ?? []))],
    ],
  );
  const successorsOf = new Map<string, Successor[]>();
  for (const successor of successors) {
    const key = `${successor.unit} ${successor.project}`;
    successorsOf.set(key, [...(successorsOf.get(key) ?? []), successor]);
  }
  return lines.map((line) => {
    const day = monthOf(line).end;
    const found = successorsOf
      .get(`${line.unitCode} ${line.projectCode}`)
      ?.find(({ last, from, to }) => last < day && (from === null || from <= day) && (to === null || to >= day));
    if (!found) return { line, note: null };
    const note = `Vốn của ${found.unit} cho dự án ${found.project} ghi cho ${found.successor}, đơn vị kế thừa theo ${found.decisionNo}.`;
    return { line: { ...line, unitCode: found.successor }, note };
  });
}

/** The notes of a decision's lines, each once, after what its author wrote. */
export function noteWith(note: string, followed: readonly FollowedLine<unknown>[]): string {
  const notes = new Set(followed.flatMap((one) => one.note ?? []));
  return [note, ...notes].filter((text) => text !== '').join(' ');
}
