import { capital } from './en/capital';
import { frame } from './en/frame';
import { lists } from './en/lists';
import { month } from './en/month';
import type { Words } from './vi';

export const en: Words = { ...frame, ...month, ...lists, capital };
