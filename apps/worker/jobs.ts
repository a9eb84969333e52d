/** Job of the monthly scheduler; the other jobs bear the name of their outbox topic. */
export const MONTHLY_CHECK = 'monthly-check';
