/** What a backup leaves out, by schema (`name.*`) or table, each with its reason. The README lists the same. */
export const OMITTED: readonly { name: string; reason: string }[] = [
  { name: 'bullmq.*', reason: 'the queue only carries; what is due stands in outbox_message and is handed over again' },
  { name: 'public.session', reason: 'a session that was ended since must not come back; people sign in again' },
  { name: 'public.rate_limit', reason: 'counts of requests of the last minutes' },
];

/** Why the table `schema.name` is left out; undefined where it is backed up. */
export function reasonOfOmission(table: string): string | undefined {
  const [schema] = table.split('.');
  return OMITTED.find(({ name }) => name === table || name === `${schema}.*`)?.reason;
}
