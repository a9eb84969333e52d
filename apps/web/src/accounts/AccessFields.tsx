import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { unitsQuery } from '../client/queries';
import type { Named, Role } from '../client/types';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { fold } from '../format/fold';
import { useWords } from '../words/words-provider';
import { candidatesQuery } from './account-client';
import classes from './accounts.module.css';

const ROLES: Role[] = ['staff', 'approver', 'clerk', 'reporter', 'inspector', 'leader', 'auditor', 'admin'];
const OFFERED = 8;

export interface DraftAccess {
  role: Role;
  units: string[];
  teams: string[];
}

/** Only what belongs to the role is sent: a reporter has units, an inspector a team, nobody else either. */
export function fitting({ role, units, teams }: DraftAccess): DraftAccess {
  return { role, units: role === 'reporter' ? units : [], teams: role === 'inspector' ? teams : [] };
}

export function isComplete(draft: DraftAccess): boolean {
  const { role, units, teams } = fitting(draft);
  return (role !== 'reporter' || units.length > 0) && (role !== 'inspector' || teams.length > 0);
}

/** Role, and the units or teams that belong to it. */
export function AccessFields({ draft, onChange }: { draft: DraftAccess; onChange: (next: DraftAccess) => void }) {
  const words = useWords();
  const say = words.accounts;
  const units = useQuery({ ...unitsQuery(), enabled: draft.role === 'reporter' });
  const known = useQuery({ ...candidatesQuery, enabled: draft.role === 'inspector' });
  return (
    <>
      <Field label={say.role} hint={words.account.roleDoes[draft.role]}>
        {(input) => (
          <select
            {...input}
            value={draft.role}
            onChange={(event) => onChange({ ...draft, role: event.currentTarget.value as Role })}
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {words.account.roles[role]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {draft.role === 'reporter' && (
        <Picker
          label={say.form.units}
          all={units.data ?? []}
          chosen={draft.units}
          onChange={(chosen) => onChange({ ...draft, units: chosen })}
        />
      )}
      {draft.role === 'inspector' && (
        <Picker
          label={say.form.teams}
          all={known.data?.teams ?? []}
          chosen={draft.teams}
          onChange={(chosen) => onChange({ ...draft, teams: chosen })}
        />
      )}
    </>
  );
}

interface PickerProps {
  label: string;
  all: Named[];
  chosen: string[];
  onChange: (codes: string[]) => void;
}

function Picker({ label, all, chosen, onChange }: PickerProps) {
  const { form: say } = useWords().accounts;
  const [text, setText] = useState('');
  const nameOf = (code: string) => all.find((one) => one.code === code)?.name ?? code;
  const wanted = fold(text);
  const free = all.filter(({ code }) => !chosen.includes(code));
  const found = free.filter(({ code, name }) => fold(`${name} ${code}`).includes(wanted)).slice(0, OFFERED);
  return (
    <div className={form.wide}>
      <div className={form.label}>{label}</div>
      {chosen.length === 0 ? (
        <p className={classes.quiet}>{say.nonePicked}</p>
      ) : (
        <ul className={classes.picked}>
          {chosen.map((code) => (
            <li key={code}>
              <button
                type="button"
                aria-label={say.remove(nameOf(code))}
                onClick={() => onChange(chosen.filter((one) => one !== code))}
              >
                {nameOf(code)}
                <IconX size={14} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        className={form.input}
        aria-label={`${say.pick}: ${label}`}
        placeholder={say.findUnit}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {(wanted !== '' || free.length <= OFFERED) && (
        <ul className={classes.found}>
          {found.map(({ code, name }) => (
            <li key={code}>
              <button type="button" onClick={() => (onChange([...chosen, code]), setText(''))}>
                + {name}
              </button>
            </li>
          ))}
        </ul>
      )}
      {wanted !== '' && found.length === 0 && <p className={classes.quiet}>{say.noUnits}</p>}
    </div>
  );
}
