import { useInfiniteQuery } from '@tanstack/react-query';
import { formatDay } from '../format/date';
import { useWords } from '../words/words-provider';
import type { Draft, effectiveOffer } from './draft';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import lines from './lines.module.css';
import { decisionsQuery } from './queries';
import type { DecisionDetail, DecisionKind } from './types';

const KINDS: DecisionKind[] = ['initial', 'supplement', 'adjustment', 'transfer', 'carried-over', 'cancelled'];

interface HeadProps {
  draft: Draft;
  root: DecisionDetail | undefined;
  offer: ReturnType<typeof effectiveOffer>;
  onChange: (next: Partial<Draft>) => void;
}

/** Number, dates, kind; for a decision that arrives late the first day it can take effect is one press away. */
export function DecisionHeadFields({ draft, root, offer, onChange }: HeadProps) {
  const words = useWords();
  const { newDecision: say, decisions } = words.capital;
  const others = useInfiniteQuery(decisionsQuery(draft.planYear));
  const roots = (others.data?.pages.flatMap((page) => page.items) ?? []).filter(({ details }) => details === null);
  return (
    <div className={form.fields}>
      <Field label={say.number}>
        {(input) => (
          <input
            {...input}
            value={draft.number}
            onChange={(event) => onChange({ number: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={say.decisionDate}>
        {(input) => (
          <input
            {...input}
            type="date"
            value={draft.decisionDate}
            onChange={(event) => onChange({ decisionDate: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={say.effectiveDate}
        hint={
          offer === null ? (
            say.effectiveHint
          ) : (
            <span className={lines.offer} role="status">
              {offer.open === null ? (
                say.noOpen
              ) : (
                <>
                  {say.closed(offer.closed, formatDay(offer.open.day))}
                  <button
                    type="button"
                    className={lines.offerButton}
                    onClick={() => onChange({ effectiveDate: offer.open?.day ?? '' })}
                  >
                    {say.takeDay(formatDay(offer.open.day))}
                  </button>
                </>
              )}
            </span>
          )
        }
      >
        {(input) => (
          <input
            {...input}
            type="date"
            value={draft.effectiveDate}
            onChange={(event) => onChange({ effectiveDate: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={say.level}>
        {(input) => (
          <select
            {...input}
            value={draft.level}
            onChange={(event) => onChange({ level: event.currentTarget.value as Draft['level'] })}
          >
            <option value="province">{decisions.levels.province}</option>
            <option value="central">{decisions.levels.central}</option>
          </select>
        )}
      </Field>
      <Field label={say.kind}>
        {(input) => (
          <select
            {...input}
            value={draft.kind}
            onChange={(event) => onChange({ kind: event.currentTarget.value as DecisionKind })}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {decisions.kinds[kind]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.root}>
        {(input) => (
          <select
            {...input}
            value={draft.details}
            onChange={(event) => onChange({ details: event.currentTarget.value })}
          >
            <option value="">{say.noRoot}</option>
            {root !== undefined && !roots.some(({ id }) => id === root.id) && (
              <option value={root.id}>{root.number}</option>
            )}
            {roots.map(({ id, number }) => (
              <option key={id} value={id}>
                {number}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.note} wide>
        {(input) => (
          <input {...input} value={draft.note} onChange={(event) => onChange({ note: event.currentTarget.value })} />
        )}
      </Field>
    </div>
  );
}
