import type { DecisionRow, MeetingRow } from '#libs/followup';
import type { MeetingDecisionDto, MeetingDto } from './meeting.dto.js';

export function meetingView(row: MeetingRow): MeetingDto {
  const { id, bodyId, bodyName, bodyKind, kind, difficultyId, heldOn, place, state, version } = row;
  const { items, decisions, undone } = row;
  return {
    id,
    bodyId,
    bodyName,
    bodyKind,
    kind,
    difficultyId,
    heldOn,
    place,
    state,
    version,
    items,
    decisions,
    undone,
  };
}

export function decisionView({ isOverdue, decidedAt: _at, decidedBy: _by, ...row }: DecisionRow): MeetingDecisionDto {
  return { ...row, overdue: isOverdue };
}
