import { frame } from './en/frame';
import { month } from './en/month';
import { lists } from './en/lists';
import { closing } from './en/closing';
import { grid } from './en/grid';
import { progress } from './en/progress';
import { reconciliation } from './en/reconciliation';
import { reorganisation } from './en/reorganisation';
import type { Words } from './vi';

export const en: Words = {
  ...frame,
  ...month,
  ...lists,
  ...closing,
  ...grid,
  ...progress,
  ...reconciliation,
  ...reorganisation,
};
