export type { Candidate } from './agenda-sources.js';
export { addBody, addMember, endMember, listBodies, type BodyWithMembers } from './bodies.js';
export type { MeetingErrorCode } from './errors.js';
export { closeMeeting, decideInMeeting, endDecision, type NewMeetingDecision } from './hold-meeting.js';
export { MEETING_PAPERS, meetingPaper, type MeetingPaper } from './meeting-paper.js';
export {
  decisionsAbout,
  findMeeting,
  listDecisions,
  listMeetings,
  type DecisionRow,
  type MeetingDetail,
  type MeetingRow,
} from './meeting-queries.js';
export { Meeting, MeetingBody, MeetingDecision, MeetingItem, MeetingMember } from './meeting.entity.js';
export { MeetingsModule } from './meetings.module.js';
export {
  callMeeting,
  candidatesOf,
  fixAgenda,
  setAgenda,
  type ChosenItem,
  type NewMeeting,
} from './prepare-meeting.js';
