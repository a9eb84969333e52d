import { useQuery } from '@tanstack/react-query';
import { dongOfMillion, millionOfDong } from '../format/million';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { useSpeech } from '../words/words-provider';
import { categoriesQuery, type Difficulty } from './queries';

/** The fields as they are typed. */
export interface DifficultyDraft {
  category: string;
  title: string;
  description: string;
  million: string;
  owner: string;
  decider: string;
  dueDate: string;
}

export const EMPTY_DRAFT: DifficultyDraft = {
  category: '',
  title: '',
  description: '',
  million: '',
  owner: '',
  decider: '',
  dueDate: '',
};

export function draftOf(difficulty: Difficulty): DifficultyDraft {
  const { category, title, description, blockedDong, owner, decider, dueDate } = difficulty;
  return {
    category: category.code,
    title,
    description,
    million: blockedDong === null ? '' : millionOfDong(blockedDong),
    owner,
    decider,
    dueDate: dueDate ?? '',
  };
}

/** What is typed of the amount; undefined where it is none. */
export function blockedOf({ million }: DifficultyDraft): number | null | undefined {
  if (million.trim() === '') return null;
  const dong = dongOfMillion(million);
  return dong === null || dong < 0 ? undefined : dong;
}

interface FieldsProps {
  draft: DifficultyDraft;
  onChange: (next: DifficultyDraft) => void;
}

export function DifficultyFields({ draft, onChange }: FieldsProps) {
  const { words, language } = useSpeech();
  const say = words.tackling.difficulty;
  const categories = useQuery(categoriesQuery);
  const set = (next: Partial<DifficultyDraft>) => onChange({ ...draft, ...next });
  const isWrong = blockedOf(draft) === undefined;
  return (
    <div className={form.fields}>
      <Field label={say.category}>
        {(input) => (
          <select
            {...input}
            required
            value={draft.category}
            onChange={(event) => set({ category: event.currentTarget.value })}
          >
            <option value="">{say.pick}</option>
            {(categories.data ?? []).map((category) => (
              <option key={category.code} value={category.code}>
                {category[language]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.name} wide>
        {(input) => (
          <input
            {...input}
            required
            maxLength={300}
            value={draft.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={say.description} wide>
        {(input) => (
          <textarea
            {...input}
            rows={3}
            maxLength={4000}
            value={draft.description}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={say.blockedMillion} hint={isWrong ? say.amountWrong : say.blockedHint}>
        {(input) => (
          <input
            {...input}
            className={`${form.input} ${form.amount}`}
            inputMode="decimal"
            aria-invalid={isWrong}
            value={draft.million}
            onChange={(event) => set({ million: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={say.owner}>
        {(input) => (
          <input
            {...input}
            required
            maxLength={200}
            value={draft.owner}
            onChange={(event) => set({ owner: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={say.decider}>
        {(input) => (
          <input
            {...input}
            required
            maxLength={200}
            value={draft.decider}
            onChange={(event) => set({ decider: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={say.dueDate}>
        {(input) => (
          <input
            {...input}
            type="date"
            value={draft.dueDate}
            onChange={(event) => set({ dueDate: event.currentTarget.value })}
          />
        )}
      </Field>
    </div>
  );
}
