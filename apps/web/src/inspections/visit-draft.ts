import { newIdempotencyKey } from '../client/client';
import type { FindingCategory } from './queries';
import type { ReadyFile } from './scale-photo';

export interface DraftFinding {
  key: string;
  category: FindingCategory;
  text: string;
  /** triệu đồng as typed. */
  amount: string;
}

export interface DraftRecommendation {
  key: string;
  text: string;
  owner: string;
  dueOn: string;
}

export interface DraftFile extends ReadyFile {
  key: string;
  caption: string;
  /** The server has it: it is not sent again. */
  fileId: number | null;
}

/** A visit as it is being written down. It lives on the device until the server has it. */
export interface VisitDraft {
  /** Makes it one visit however often it is sent. */
  draftKey: string;
  visitedOn: string;
  place: string;
  /** One a line. */
  members: string;
  note: string;
  findings: DraftFinding[];
  recommendations: DraftRecommendation[];
  files: DraftFile[];
  mayTellPlace: boolean;
  /** It was to be sent and there was no line: it goes as soon as there is one. */
  isWaiting: boolean;
}

export function emptyDraft(visitedOn: string, place: string, members: readonly string[]): VisitDraft {
  return {
    draftKey: newIdempotencyKey(),
    visitedOn,
    place,
    members: members.join('\n'),
    note: '',
    findings: [],
    recommendations: [],
    files: [],
    mayTellPlace: false,
    isWaiting: false,
  };
}

const DATABASE = 'visits';
const STORE = 'drafts';

/** Each person's drafts apart: a telephone may be lent. */
const keyOf = (username: string, inspection: number): string => `${username} ${inspection}`;

export function keptDraft(username: string, inspection: number): Promise<VisitDraft | undefined> {
  return inStore<VisitDraft | undefined>('readonly', (store) => store.get(keyOf(username, inspection)));
}

export async function keepDraft(username: string, inspection: number, draft: VisitDraft): Promise<void> {
  await inStore('readwrite', (store) => store.put(draft, keyOf(username, inspection)));
}

export async function dropDraft(username: string, inspection: number): Promise<void> {
  await inStore('readwrite', (store) => store.delete(keyOf(username, inspection)));
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? new Error('the draft was not kept'));
      transaction.onabort = () => reject(transaction.error ?? new Error('the draft was not kept'));
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no store on this device'));
  });
}
