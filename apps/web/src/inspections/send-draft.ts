import type { components } from '../client/schema.gen';
import { sendForm } from '../client/upload';
import { dongOfMillion } from '../format/million';
import { sendVisit, type InspectionDetail, type NewVisit } from './queries';
import type { DraftFile, VisitDraft } from './visit-draft';

type SentFile = components['schemas']['FileDto'];

const MOST_PART_CHARACTERS = 300;

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Whether the server would take the draft as it stands. */
export function isComplete(draft: VisitDraft): boolean {
  return (
    draft.visitedOn !== '' &&
    draft.place.trim() !== '' &&
    linesOf(draft.members).length > 0 &&
    draft.findings.every(
      ({ text, amount }) => text.trim() !== '' && (amount.trim() === '' || (dongOfMillion(amount) ?? -1) >= 0),
    ) &&
    draft.recommendations.every(({ text, owner, dueOn }) => text.trim() !== '' && owner.trim() !== '' && dueOn !== '')
  );
}

/**
 * Sends the files that the server does not have yet, one after the other, then the visit. `onFile` keeps what has
 * arrived, so that a lost line costs one file at most.
 */
export async function sendDraft(
  inspection: number,
  draft: VisitDraft,
  onFile: (file: DraftFile) => Promise<void>,
): Promise<InspectionDetail> {
  const files: DraftFile[] = [];
  for (const file of draft.files) {
    const sent = file.fileId === null ? { ...file, fileId: await upload(file) } : file;
    if (sent !== file) await onFile(sent);
    files.push(sent);
  }
  return sendVisit(inspection, visitOf({ ...draft, files }));
}

async function upload({ blob, name }: DraftFile): Promise<number> {
  const form = new FormData();
  form.append('file', blob, name);
  const { signal } = new AbortController();
  return (await sendForm<SentFile>('/api/v1/files', form, { signal, onSent: () => undefined })).id;
}

function visitOf(draft: VisitDraft): NewVisit {
  return {
    draftKey: draft.draftKey,
    visitedOn: draft.visitedOn,
    place: draft.place.trim(),
    members: linesOf(draft.members),
    ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
    findings: draft.findings.map(({ category, text, amount }) => {
      const dong = amount.trim() === '' ? null : dongOfMillion(amount);
      return { category, text: text.trim(), ...(dong === null ? {} : { amountDong: dong }) };
    }),
    attachments: draft.files.map(({ fileId, kind, caption, takenAt }) => ({
      fileId: fileId ?? 0,
      kind,
      ...(caption.trim() === '' ? {} : { caption: caption.trim().slice(0, MOST_PART_CHARACTERS) }),
      ...(draft.mayTellPlace && takenAt !== null ? takenAt : {}),
    })),
    recommendations: draft.recommendations.map(({ text, owner, dueOn }) => ({
      text: text.trim(),
      owner: owner.trim(),
      dueOn,
    })),
  };
}
