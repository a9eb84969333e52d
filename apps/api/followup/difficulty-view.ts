import { dongToJson } from '#libs/kernel';
import type { DifficultyRow } from '#libs/followup';
import type { NamedDto } from '../shell/page.dto.js';
import type { DifficultyDto } from './difficulty.dto.js';

export function difficultyView(row: DifficultyRow): DifficultyDto {
  return {
    id: row.id,
    unit: named(row.unitCode, row.unitName),
    project: named(row.projectCode, row.projectName),
    category: { code: row.categoryCode, vi: row.categoryVi, en: row.categoryEn },
    title: row.title,
    description: row.description,
    blockedDong: row.blocked === null ? null : dongToJson(row.blocked),
    owner: row.owner,
    decider: row.decider,
    dueDate: row.dueDate,
    overdue: row.isOverdue,
    proposal: row.proposal,
    decision: row.decision,
    state: row.state,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

export function named(code: string | null, name: string | null): NamedDto | null {
  return code === null ? null : { code, name: name ?? code };
}
