import { Command } from 'commander';
import { actorByName } from '#libs/access';
import { closeMonth, closingSheet, DECISION_OF, type NewDecision } from '#libs/closing';
import { may, Month } from '#libs/kernel';
import { withBooks } from './with-database.js';

const NO_DEADLINE_ASKED = { reportDeadlineWorkingDays: 1, closingDeadlineWorkingDays: 1 };

export function closeCommand(): Command {
  return new Command('close')
    .description('close a month; a running worker evaluates it')
    .argument('<month>', 'e.g. 2024-09')
    .requiredOption('--as <username>', 'the approver who closes it')
    .option('--accept-missing <note>', 'close whatever is missing, with this note as the reason of each decision')
    .action(async (text: string, { as: username, acceptMissing }: { as: string; acceptMissing?: string }) => {
      const month = Month.parse(text);
      await withBooks(async (db) => {
        const actor = await approver(db, username);
        const { missing } = await closingSheet(db, month, NO_DEADLINE_ASKED);
        const decisions = missing.map(({ kind, subject }): NewDecision => ({
          kind,
          subject,
          decision: DECISION_OF[kind],
          note: acceptMissing ?? '',
        }));
        await closeMonth(db, actor, month, acceptMissing ? decisions : []);
      });
      process.stdout.write(`${month} is closed\n`);
    });
}

async function approver(db: Parameters<typeof actorByName>[0], username: string): ReturnType<typeof actorByName> {
  const actor = await actorByName(db, username, { via: 'command-line' });
  if (!may(actor, 'months.close')) throw new Error(`${username} may not close months: approvers do`);
  return actor;
}
