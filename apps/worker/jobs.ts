/** Jobs of the schedulers; the other jobs bear the name of their outbox topic. */
export const MONTHLY_CHECK = 'monthly-check';
export const DAILY_SWEEP = 'daily-sweep';
export const DAILY_REMINDERS = 'daily-reminders';
