import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { monthsQuery } from '../client/queries';
import type { Unit } from '../client/types';
import { formatDay } from '../format/date';
import { millionOfDong } from '../format/million';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import { DecisionHeadFields } from './DecisionHeadFields';
import { DecisionSaved } from './DecisionSaved';
import { asNewDecision, type Draft, effectiveOffer, emptyAmount, emptyLine, isAmountWrong, isLineWrong } from './draft';
import form from '../frame/Form.module.css';
import { LineRow, TotalRow } from './LineRow';
import { newIdempotencyKey, recordDecision } from './queries';
import { Refused } from '../frame/Refused';
import { SumCheckCard } from './SumCheckCard';
import type { DecisionDetail, FundingSource } from './types';

interface DecisionFormProps {
  year: number;
  units: Unit[];
  sources: FundingSource[];
  /** The decision to be detailed, when the form was opened from it. */
  root: DecisionDetail | undefined;
}

export function DecisionForm({ year, units, sources, root }: DecisionFormProps) {
  const words = useWords();
  const { newDecision: say } = words.capital;
  const queryClient = useQueryClient();
  const months = useQuery(monthsQuery(year));
  const nextKey = useRef(1000);
  const [draft, setDraft] = useState<Draft>(() => draftOf(year, root));
  // One key a draft: pressing again after a lost answer repeats the same command.
  const [idempotencyKey, setIdempotencyKey] = useState(newIdempotencyKey);
  const save = useMutation({
    mutationFn: () => recordDecision(asNewDecision(draft), idempotencyKey),
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const change = (next: Partial<Draft>) => {
    setDraft({ ...draft, ...next });
    setIdempotencyKey(newIdempotencyKey());
    if (save.isError) save.reset();
  };
  const offer = effectiveOffer(months.data, draft.effectiveDate || draft.decisionDate);
  const missing = missingOf(draft, say);
  if (save.data !== undefined) return <DecisionSaved decision={save.data} />;

  const place = (pointer: string): string => {
    const [, list, index] = pointer.split('/');
    if (list === 'lines' && index !== undefined) return `${say.lineNumber(Number(index) + 1)}: `;
    return list === 'totals' && index !== undefined ? `${say.totalNumber(Number(index) + 1)}: ` : '';
  };
  return (
    <form
      className={form.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0 && !save.isPending) save.mutate();
      }}
    >
      <Card title={words.capital.decision.title(draft.number || '…')}>
        <DecisionHeadFields draft={draft} root={root} offer={offer} onChange={change} />
      </Card>
      <Card title={say.totals} subtitle={say.totalsHint}>
        {draft.totals.map((total, i) => (
          <TotalRow
            key={total.key}
            number={i + 1}
            total={total}
            sources={sources}
            onChange={(next) => change({ totals: draft.totals.map((each) => (each === total ? next : each)) })}
            onRemove={() => change({ totals: draft.totals.filter((each) => each !== total) })}
          />
        ))}
        <div className={form.actions}>
          <Button onClick={() => change({ totals: [...draft.totals, emptyAmount(nextKey.current++, draft.kind)] })}>
            {say.addTotal}
          </Button>
        </div>
      </Card>
      <Card title={say.lines} subtitle={say.linesHint}>
        {draft.lines.map((line, i) => (
          <LineRow
            key={line.key}
            number={i + 1}
            line={line}
            units={units}
            sources={sources}
            onChange={(next) => change({ lines: draft.lines.map((each) => (each === line ? next : each)) })}
            onRemove={() => change({ lines: draft.lines.filter((each) => each !== line) })}
          />
        ))}
        <div className={form.actions}>
          <Button
            onClick={() =>
              change({ lines: [...draft.lines, emptyLine(nextKey.current++, draft.kind, draft.lines.at(-1))] })
            }
          >
            {say.addLine}
          </Button>
        </div>
      </Card>
      <SumCheckCard draft={draft} sources={sources} />
      {save.isError && <Refused label={say.refused} error={save.error} place={place} />}
      <div className={form.actions}>
        <Button type="submit" variant="filled" loading={save.isPending} aria-disabled={missing.length > 0}>
          {say.save(draft.lines.length)}
        </Button>
        {missing.length > 0 && (
          <span className={form.missing}>
            {say.missing} {missing.join(', ')}.
          </span>
        )}
        {offer !== null && offer.open !== null && (
          <span className={classes.facts}>{say.closed(offer.closed, formatDay(offer.open.day))}</span>
        )}
      </div>
    </form>
  );
}

function draftOf(year: number, root: DecisionDetail | undefined): Draft {
  const held = root?.unassigned.filter(({ amountDong }) => amountDong > 0) ?? [];
  return {
    planYear: year,
    number: '',
    decisionDate: '',
    effectiveDate: '',
    level: 'province',
    kind: root === undefined ? 'supplement' : 'adjustment',
    note: '',
    details: root === undefined ? '' : String(root.id),
    totals: [],
    // To detail is to take from whoever holds it: those lines stand there with all that is left.
    lines:
      root === undefined
        ? [emptyLine(0, 'supplement')]
        : [
            ...held
              .filter(({ holder }) => holder !== null)
              .map(({ basis, carriedOver, source, holder, amountDong }, key) => ({
                key,
                basis,
                carriedOver,
                source: source.code,
                unit: holder?.code ?? '',
                project: '',
                million: millionOfDong(-amountDong),
              })),
            emptyLine(held.length, 'adjustment'),
          ],
  };
}

function missingOf(draft: Draft, say: ReturnType<typeof useWords>['capital']['newDecision']): string[] {
  const wrongLines = draft.lines.flatMap((line, i) => (isLineWrong(line) ? [i + 1] : []));
  return [
    draft.number.trim() === '' ? say.missingNumber : null,
    draft.decisionDate === '' ? say.missingDate : null,
    draft.lines.length === 0 && draft.totals.length === 0 ? say.missingLines : null,
    wrongLines.length > 0 ? say.missingCells(wrongLines.join(', ')) : null,
    draft.totals.some(isAmountWrong) ? say.missingTotals : null,
  ].filter((text) => text !== null);
}
