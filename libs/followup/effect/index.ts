export { caseEffects, findCase, type CaseErrorCode, type FollowedCase } from './case-effects.js';
export type { TimelineStep } from './case-timeline.js';
export type { EffectSum, MonthEffect } from './effect.rule.js';
