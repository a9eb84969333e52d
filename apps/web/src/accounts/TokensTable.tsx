import { IconCircleCheck, IconCircleX, IconClock } from '@tabler/icons-react';
import { wordOf } from '../audit/FilterBar';
import { formatDayOf, formatMoment } from '../format/date';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import type { Token } from './account-client';
import classes from './accounts.module.css';

interface TokensTableProps {
  tokens: Token[];
  /** Absent where the reader may only look. */
  revoke?: (id: number) => Promise<unknown>;
  onDone: () => Promise<unknown>;
}

/** Tokens by what they are for; those that ended stay readable below the working ones. */
export function TokensTable({ tokens, revoke, onDone }: TokensTableProps) {
  const words = useWords();
  const say = words.accounts.tokens;
  if (tokens.length === 0) return <p className={table.none}>{say.none}</p>;
  const sorted = [...tokens].sort((a, b) => Number(b.state === 'works') - Number(a.state === 'works') || b.id - a.id);
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{say.name}</th>
            <th scope="col" className={table.wideOnly}>
              {say.carries}
            </th>
            <th scope="col" className={table.wideOnly}>
              {say.expires}
            </th>
            <th scope="col" className={table.wideOnly}>
              {say.lastUsed}
            </th>
            <th scope="col">{say.state}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((token) => (
            <tr key={token.id}>
              <th scope="row" className={classes.name}>
                {token.name}
                {token.prefix !== '' && <span className={table.under}>{token.prefix}…</span>}
                <span className={`${table.under} ${table.narrowOnly}`}>
                  {say.expires} {formatDayOf(token.expiresAt)}
                </span>
              </th>
              <td className={table.wideOnly}>
                <details>
                  <summary>{say.carried(token.permissions.length)}</summary>
                  <ul>
                    {token.permissions.map((permission) => (
                      <li key={permission}>{wordOf(words.accounts.permissions, permission)}</li>
                    ))}
                  </ul>
                </details>
              </td>
              <td className={table.wideOnly}>{formatDayOf(token.expiresAt)}</td>
              <td className={table.wideOnly}>
                {token.lastUsedAt === null ? say.unused : formatMoment(token.lastUsedAt)}
              </td>
              <td>
                <div className={classes.row}>
                  <TokenState state={token.state} />
                  {token.state === 'works' && revoke !== undefined && (
                    <ConfirmCommand
                      quiet
                      label={say.revoke}
                      title={say.revokeTitle(token.name)}
                      consequencesTitle={say.revokeMeans}
                      consequences={[say.revokeNow, say.revokeEver]}
                      confirmLabel={say.revoke}
                      backLabel={words.cancel}
                      refusedLabel={words.accounts.requests.refused}
                      run={() => revoke(token.id)}
                      onDone={onDone}
                    />
                  )}
                </div>
                {token.revokedBy !== null && <span className={table.under}>{token.revokedBy}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TokenState({ state }: { state: Token['state'] }) {
  const { tokens: say } = useWords().accounts;
  const tone = { works: 'ok', revoked: 'plain', over: 'plain' } as const;
  const Icon = { works: IconCircleCheck, revoked: IconCircleX, over: IconClock }[state];
  return (
    <Chip tone={tone[state]} icon={<Icon size={14} aria-hidden="true" />}>
      {say.states[state]}
    </Chip>
  );
}
