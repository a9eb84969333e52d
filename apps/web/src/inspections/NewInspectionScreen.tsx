import { Button } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { newIdempotencyKey } from '../client/client';
import { instanceQuery, noticeQuery, unitProjectsQuery, unitsQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { inspectionsQuery, planInspection, teamsQuery, type NewInspection } from './queries';
import { linesOf } from './send-draft';

const KINDS = ['routine', 'sudden', 'follow-up'] as const;
const SUBJECTS = ['unit', 'project', 'programme', 'assignment'] as const;
const PROGRAMMES = ['NTM', 'GNBV', 'DTTS'] as const;

interface PlanDraft {
  team: string;
  kind: (typeof KINDS)[number];
  subject: (typeof SUBJECTS)[number];
  unit: string;
  project: string;
  programme: (typeof PROGRAMMES)[number];
  year: string;
  follows: string;
  purpose: string;
  plannedOn: string;
  place: string;
  members: string;
}

/** What is to be sent, or undefined while something is missing. */
function planOf(draft: PlanDraft, noticeId: number | undefined): NewInspection | undefined {
  const members = linesOf(draft.members);
  const subject = {
    unit: draft.unit === '' ? undefined : { unitCode: draft.unit },
    project: draft.project === '' ? undefined : { projectCode: draft.project },
    programme: { programme: draft.programme, ...(draft.unit === '' ? {} : { unitCode: draft.unit }) },
    assignment: /^20\d{2}$/.test(draft.year)
      ? { planYear: Number(draft.year), ...(draft.unit === '' ? {} : { unitCode: draft.unit }) }
      : undefined,
  }[draft.subject];
  const isWhole =
    draft.team !== '' &&
    draft.purpose.trim() !== '' &&
    draft.plannedOn !== '' &&
    draft.place.trim() !== '' &&
    members.length > 0 &&
    (draft.kind === 'follow-up') === (draft.follows !== '');
  if (subject === undefined || !isWhole) return undefined;
  return {
    teamCode: draft.team,
    kind: draft.kind,
    subject: draft.subject,
    ...subject,
    ...(noticeId === undefined ? {} : { noticeId }),
    ...(draft.follows === '' ? {} : { follows: Number(draft.follows) }),
    purpose: draft.purpose.trim(),
    plannedOn: draft.plannedOn,
    place: draft.place.trim(),
    members,
  };
}

export function NewInspectionScreen() {
  const words = useWords();
  const { inspections: say } = words;
  const session = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const search = useSearch({ from: '/frame/inspections/new' });
  const today = useQuery(instanceQuery).data?.businessDate ?? '';
  const notice = useQuery({ ...noticeQuery(search.notice ?? 0), enabled: search.notice !== undefined });
  const ownTeam = session.team?.code ?? '';
  const teams = useQuery({ ...teamsQuery, enabled: ownTeam === '' });
  const units = useQuery(unitsQuery());
  const earlier = useInfiniteQuery(inspectionsQuery);
  const [key] = useState(newIdempotencyKey);
  const [draft, setDraft] = useState<PlanDraft>({
    team: ownTeam,
    kind: search.follows === undefined ? 'routine' : 'follow-up',
    subject: 'unit',
    unit: search.unit ?? '',
    project: '',
    programme: 'NTM',
    year: '',
    follows: search.follows === undefined ? '' : String(search.follows),
    purpose: '',
    plannedOn: '',
    place: '',
    members: session.role === 'inspector' ? session.displayName : '',
  });
  const projects = useQuery({
    ...unitProjectsQuery(draft.unit),
    enabled: draft.subject === 'project' && draft.unit !== '',
  });
  const inNotice = notice.data?.lines.map(({ unit }) => unit);
  const filled: PlanDraft = {
    ...draft,
    team: draft.team === '' ? (notice.data?.recipient.code ?? '') : draft.team,
    unit: draft.unit === '' && inNotice?.length === 1 ? (inNotice[0]?.code ?? '') : draft.unit,
  };
  const set = (changes: Partial<PlanDraft>) => setDraft({ ...filled, ...changes });
  const plan = planOf(filled, search.notice);
  const save = useMutation({
    mutationFn: (sent: NewInspection) => planInspection(sent, key),
    onSuccess: async ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: ['inspections'] });
      void queryClient.invalidateQueries({ queryKey: ['notice'] });
      void queryClient.invalidateQueries({ queryKey: ['notices'] });
      await navigate({ to: '/inspections/$id', params: { id: String(id) } });
    },
  });
  const named = (inNotice ?? units.data ?? []).map(({ code, name }) => ({ value: code, label: name }));
  const follows = earlier.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={say.form.title}>
        <Link to="/inspections" className={table.link}>
          <IconChevronLeft size={16} aria-hidden="true" />
          {say.back}
        </Link>
        {search.notice !== undefined && <span>{say.fromNotice(search.notice)}</span>}
      </PageHead>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (plan !== undefined) save.mutate(plan);
        }}
      >
        <Card title={say.planned}>
          <div className={form.fields}>
            {ownTeam === '' && (
              <Select
                label={say.form.team}
                value={filled.team}
                options={(teams.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
                empty={say.form.choose}
                onChange={(team) => set({ team })}
              />
            )}
            <Select
              label={say.form.kind}
              value={filled.kind}
              options={KINDS.map((each) => ({ value: each, label: say.kinds[each] }))}
              onChange={(value) => {
                const kind = KINDS.find((each) => each === value) ?? 'routine';
                set({ kind, follows: kind === 'follow-up' ? filled.follows : '' });
              }}
            />
            {filled.kind === 'follow-up' && (
              <Select
                label={say.form.follows}
                value={filled.follows}
                options={follows.map(({ id, unit, project, plannedOn }) => ({
                  value: String(id),
                  label: [formatDay(plannedOn), project?.name ?? unit?.name ?? ''].join(' · '),
                }))}
                empty={say.form.choose}
                onChange={(value) => set({ follows: value })}
              />
            )}
            <Select
              label={say.form.subject}
              value={filled.subject}
              options={SUBJECTS.map((each) => ({ value: each, label: say.subjects[each] }))}
              onChange={(value) => set({ subject: SUBJECTS.find((each) => each === value) ?? 'unit' })}
            />
            <Select
              label={say.form.unit}
              value={filled.unit}
              options={named}
              empty={filled.subject === 'unit' || filled.subject === 'project' ? say.form.choose : say.form.anyUnit}
              onChange={(unit) => set({ unit, project: '' })}
            />
            {filled.subject === 'project' && (
              <Select
                label={say.form.project}
                value={filled.project}
                options={(projects.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
                empty={say.form.choose}
                onChange={(project) => set({ project })}
              />
            )}
            {filled.subject === 'programme' && (
              <Select
                label={say.form.programme}
                value={filled.programme}
                options={PROGRAMMES.map((each) => ({ value: each, label: say.programmes[each] }))}
                onChange={(value) => set({ programme: PROGRAMMES.find((each) => each === value) ?? 'NTM' })}
              />
            )}
            {filled.subject === 'assignment' && (
              <Field label={say.form.year}>
                {(input) => (
                  <input
                    {...input}
                    inputMode="numeric"
                    maxLength={4}
                    value={filled.year}
                    onChange={(event) => set({ year: event.currentTarget.value })}
                  />
                )}
              </Field>
            )}
            <Field label={say.form.day}>
              {(input) => (
                <input
                  {...input}
                  type="date"
                  min={today}
                  value={filled.plannedOn}
                  onChange={(event) => set({ plannedOn: event.currentTarget.value })}
                />
              )}
            </Field>
            <Field label={say.form.place}>
              {(input) => (
                <input
                  {...input}
                  maxLength={300}
                  value={filled.place}
                  onChange={(event) => set({ place: event.currentTarget.value })}
                />
              )}
            </Field>
            <Field label={say.form.purpose} wide>
              {(input) => (
                <textarea
                  {...input}
                  rows={3}
                  maxLength={2000}
                  value={filled.purpose}
                  onChange={(event) => set({ purpose: event.currentTarget.value })}
                />
              )}
            </Field>
            <Field label={say.form.members} wide>
              {(input) => (
                <textarea
                  {...input}
                  rows={3}
                  value={filled.members}
                  onChange={(event) => set({ members: event.currentTarget.value })}
                />
              )}
            </Field>
          </div>
          <Refused label={say.form.refused} error={save.error} />
          <div className={form.actions}>
            <Button type="submit" variant="filled" loading={save.isPending} aria-disabled={plan === undefined}>
              {say.form.save}
            </Button>
            {plan === undefined && <span className={form.missing}>{say.form.missing}</span>}
          </div>
        </Card>
      </form>
    </>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  /** The first choice, which is none. */
  empty?: string;
  onChange: (value: string) => void;
}

function Select({ label, value, options, empty, onChange }: SelectProps): ReactNode {
  return (
    <Field label={label}>
      {(input) => (
        <select {...input} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
