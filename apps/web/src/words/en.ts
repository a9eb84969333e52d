import { frame } from './en/frame';
import { lists } from './en/lists';
import { month } from './en/month';
import { reorganisation } from './en/reorganisation';
import type { Words } from './vi';

export const en: Words = { ...frame, ...month, ...lists, ...reorganisation };
