import type { DataSource } from 'typeorm';
import type { Actor } from '#libs/kernel';
import { prepareReorganisation } from '#libs/ledger';
import { Reorganisation } from '#libs/organisation';

/**
 * A draft to look at on the reorganisation screen. The report of October 2024 speaks of joining Cao Lộc to the city;
 * that was never done (domain.md §3.8), so it stays a draft, without a decision's number, and moves nothing.
 */
export async function draftReorganisation(db: DataSource, staff: Actor): Promise<void> {
  if ((await db.manager.count(Reorganisation)) > 0) return;
  await prepareReorganisation(db, staff, {
    decisionNo: 'Phương án minh hoạ',
    decisionDate: '2024-10-07',
    effectiveDate: '2024-12-01',
    note: 'Báo cáo 10/2024 chỉ nêu chủ trương; ngày và cách chuyển là minh hoạ',
    ended: [{ unitCode: '183', successorCode: '178', unassignedTo: null }],
    successors: [],
    projects: [],
  });
}
