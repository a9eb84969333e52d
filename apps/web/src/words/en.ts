import { frame } from './en/frame';
import { lists } from './en/lists';
import { month } from './en/month';
import { reconciliation } from './en/reconciliation';
import type { Words } from './vi';

export const en: Words = { ...frame, ...month, ...lists, ...reconciliation };
