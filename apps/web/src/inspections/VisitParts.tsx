import { Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { newIdempotencyKey } from '../client/client';
import { dongOfMillion } from '../format/million';
import { Card } from '../frame/Card';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { useWords } from '../words/words-provider';
import classes from './inspections.module.css';
import { CATEGORIES, type FindingCategory } from './queries';
import type { KeptVisit } from './use-visit-draft';
import type { DraftFinding, DraftRecommendation, VisitDraft } from './visit-draft';

interface PartProps {
  draft: VisitDraft;
  change: KeptVisit['change'];
}

const isCategory = (value: string): value is FindingCategory => (CATEGORIES as readonly string[]).includes(value);

export function FindingsPart({ draft, change }: PartProps) {
  const words = useWords();
  const { visit: say } = words;
  const set = (next: DraftFinding) =>
    change({ findings: draft.findings.map((each) => (each.key === next.key ? next : each)) });
  return (
    <Card title={words.inspections.findings}>
      {draft.findings.map((finding, i) => (
        <Part
          key={finding.key}
          title={say.finding(i + 1)}
          onRemove={() => change({ findings: draft.findings.filter(({ key }) => key !== finding.key) })}
        >
          <Field label={say.category}>
            {(input) => (
              <select
                {...input}
                value={finding.category}
                onChange={({ currentTarget: { value } }) => isCategory(value) && set({ ...finding, category: value })}
              >
                {CATEGORIES.map((each) => (
                  <option key={each} value={each}>
                    {words.inspections.categories[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={say.text}>
            {(input) => (
              <textarea
                {...input}
                rows={3}
                maxLength={5000}
                value={finding.text}
                onChange={(event) => set({ ...finding, text: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={say.amount}>
            {(input) => (
              <input
                {...input}
                className={`${input.className} ${form.amount}`}
                inputMode="decimal"
                autoComplete="off"
                value={finding.amount}
                aria-invalid={finding.amount.trim() !== '' && dongOfMillion(finding.amount) === null}
                onChange={(event) => set({ ...finding, amount: event.currentTarget.value })}
              />
            )}
          </Field>
        </Part>
      ))}
      <div className={form.actions}>
        <Button
          leftSection={<IconPlus size={15} />}
          onClick={() =>
            change({
              findings: [...draft.findings, { key: newIdempotencyKey(), category: 'progress', text: '', amount: '' }],
            })
          }
        >
          {say.addFinding}
        </Button>
      </div>
    </Card>
  );
}

export function RecommendationsPart({ draft, change }: PartProps) {
  const words = useWords();
  const { visit: say } = words;
  const set = (next: DraftRecommendation) =>
    change({ recommendations: draft.recommendations.map((each) => (each.key === next.key ? next : each)) });
  return (
    <Card title={words.inspections.recommendations}>
      {draft.recommendations.map((recommendation, i) => (
        <Part
          key={recommendation.key}
          title={say.recommendation(i + 1)}
          onRemove={() =>
            change({ recommendations: draft.recommendations.filter(({ key }) => key !== recommendation.key) })
          }
        >
          <Field label={say.text}>
            {(input) => (
              <textarea
                {...input}
                rows={2}
                maxLength={2000}
                value={recommendation.text}
                onChange={(event) => set({ ...recommendation, text: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={say.owner}>
            {(input) => (
              <input
                {...input}
                maxLength={300}
                value={recommendation.owner}
                onChange={(event) => set({ ...recommendation, owner: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={say.due}>
            {(input) => (
              <input
                {...input}
                type="date"
                value={recommendation.dueOn}
                onChange={(event) => set({ ...recommendation, dueOn: event.currentTarget.value })}
              />
            )}
          </Field>
        </Part>
      ))}
      <div className={form.actions}>
        <Button
          leftSection={<IconPlus size={15} />}
          onClick={() =>
            change({
              recommendations: [...draft.recommendations, { key: newIdempotencyKey(), text: '', owner: '', dueOn: '' }],
            })
          }
        >
          {say.addRecommendation}
        </Button>
      </div>
    </Card>
  );
}

function Part({ title, onRemove, children }: { title: string; onRemove: () => void; children: ReactNode }) {
  const { visit: say } = useWords();
  return (
    <div role="group" aria-label={title} className={classes.part}>
      <div className={classes.partHead}>
        {title}
        <button type="button" className={classes.icon} aria-label={say.remove(title)} onClick={onRemove}>
          <IconTrash size={18} aria-hidden="true" />
        </button>
      </div>
      {children}
    </div>
  );
}
