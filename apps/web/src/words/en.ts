import { frame } from './en/frame';
import { lists } from './en/lists';
import { month } from './en/month';
import { progress } from './en/progress';
import type { Words } from './vi';

export const en: Words = { ...frame, ...month, ...lists, ...progress };
