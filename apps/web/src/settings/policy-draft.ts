import type { PolicyFields } from './settings-client';

/** The fields as they are typed. */
export interface PolicyDraft {
  thresholdMonths: string;
  planBasis: 'pm' | 'province';
  includeCarriedOver: boolean;
  includeEstimates: boolean;
  /** Codes between commas. */
  excludeProjects: string;
  missing: 'pause' | 'break' | 'carry-forward';
  /** đồng */
  minimumGap: string;
  method: 'pooled' | 'mean' | 'declared';
  scope: 'all' | 'group';
  includeReserve: boolean;
  /** By month number; as typed, with a comma or a point. */
  declared: Record<string, string>;
  /** '1': the whole year; else a change from that month on beside what is in force before it. */
  fromMonth: string;
}

/** What is in force at the end of the year: the fields with every change merged into them. */
export function draftOf({ changes = [], ...first }: PolicyFields): PolicyDraft {
  const merged = changes.reduce<PolicyFields>(
    (before, { fromMonth: _from, ...change }) => ({
      ...before,
      ...change,
      average: { ...before.average, ...change.average },
    }),
    first,
  );
  return {
    thresholdMonths: String(merged.thresholdMonths ?? 3),
    planBasis: merged.planBasis ?? 'province',
    includeCarriedOver: merged.includeCarriedOver ?? false,
    includeEstimates: merged.includeEstimates ?? false,
    excludeProjects: (merged.excludeProjects ?? []).join(', '),
    missing: merged.missing ?? 'pause',
    minimumGap: String(merged.minimumGapVnd ?? 0),
    method: merged.average?.method ?? 'pooled',
    scope: merged.average?.scope ?? 'all',
    includeReserve: merged.average?.includeReserve ?? false,
    declared: merged.average?.declaredPercent ?? {},
    fromMonth: '1',
  };
}

/** The whole policy to be sent: in the place of the present one, or the present one with a change from a month on. */
export function fieldsOf(draft: PolicyDraft, present: PolicyFields): PolicyFields {
  const declared = Object.fromEntries(
    Object.entries(draft.declared)
      .map(([month, percent]) => [month, percent.trim().replace(',', '.')])
      .filter(([, percent]) => percent !== ''),
  );
  const fields: PolicyFields = {
    thresholdMonths: Number(draft.thresholdMonths),
    planBasis: draft.planBasis,
    includeCarriedOver: draft.includeCarriedOver,
    includeEstimates: draft.includeEstimates,
    excludeProjects: draft.excludeProjects
      .split(/[,;\s]+/)
      .map((code) => code.trim())
      .filter((code) => code !== ''),
    missing: draft.missing,
    minimumGapVnd: Number(draft.minimumGap.replace(/[.\s]/g, '')),
    average: {
      method: draft.method,
      scope: draft.scope,
      includeReserve: draft.method === 'pooled' && draft.includeReserve,
      ...(draft.method === 'declared' ? { declaredPercent: declared } : {}),
    },
  };
  const fromMonth = Number(draft.fromMonth);
  if (fromMonth === 1) return fields;
  const earlier = (present.changes ?? []).filter((change) => change.fromMonth < fromMonth);
  return { ...present, changes: [...earlier, { fromMonth, ...fields }] };
}
