export { caseEffects, findCase, type CaseErrorCode, type FollowedCase, type TimelineStep } from './case-effects.js';
export type { EffectSum, MonthEffect } from './effect.rule.js';
