import { audit } from './vi/audit';
import { accounts } from './vi/accounts';
import { frame } from './vi/frame';
import { month } from './vi/month';
import { lists } from './vi/lists';
import { capital } from './vi/capital';
import { closing } from './vi/closing';
import { delivery } from './vi/delivery';
import { documents } from './vi/documents';
import { entries } from './vi/entries';
import { followup } from './vi/followup';

import { grid } from './vi/grid';
import { imports } from './vi/imports';
import { progress } from './vi/progress';
import { reconciliation } from './vi/reconciliation';
import { reorganisation } from './vi/reorganisation';
import { security } from './vi/security';
import { tackling } from './vi/tackling';
import { settings } from './vi/settings';

/** The shape of all words on screen: en.ts must satisfy it, so that a missing one does not compile. */
export const vi = {
  ...audit,
  ...frame,
  accounts,
  ...month,
  ...lists,
  capital,
  ...closing,
  ...delivery,
  documents,
  ...entries,
  ...followup,
  tackling,
  ...grid,
  ...imports,
  ...progress,
  ...reconciliation,
  ...reorganisation,
  ...security,
  settings,
};

export type Words = typeof vi;
