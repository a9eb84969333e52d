import { audit } from './en/audit';
import { accounts } from './en/accounts';
import { frame } from './en/frame';
import { month } from './en/month';
import { lists } from './en/lists';
import { capital } from './en/capital';
import { closing } from './en/closing';
import { delivery } from './en/delivery';
import { documents } from './en/documents';
import { entries } from './en/entries';
import { followup } from './en/followup';

import { grid } from './en/grid';
import { imports } from './en/imports';
import { progress } from './en/progress';
import { reconciliation } from './en/reconciliation';
import { reorganisation } from './en/reorganisation';
import { security } from './en/security';
import { tackling } from './en/tackling';
import { settings } from './en/settings';
import type { Words } from './vi';

export const en: Words = {
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
