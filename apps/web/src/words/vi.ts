import { frame } from './vi/frame';
import { lists } from './vi/lists';
import { month } from './vi/month';
import { reorganisation } from './vi/reorganisation';

/** The shape of all words on screen: en.ts must satisfy it, so that a missing one does not compile. */
export const vi = { ...frame, ...month, ...lists, ...reorganisation };

export type Words = typeof vi;
