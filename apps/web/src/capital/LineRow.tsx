import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Unit } from '../client/types';
import { dongOfMillion } from '../format/million';
import { useWords } from '../words/words-provider';
import type { DraftAmount, DraftLine } from './draft';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import lines from './lines.module.css';
import { unitProjectsQuery } from '../client/queries';
import type { Basis, FundingSource } from './types';

interface RowProps<Row> {
  number: number;
  sources: FundingSource[];
  onChange: (row: Row) => void;
  onRemove: () => void;
}

export function LineRow({
  number,
  line,
  units,
  sources,
  onChange,
  onRemove,
}: RowProps<DraftLine> & { line: DraftLine; units: Unit[] }) {
  const words = useWords();
  const { newDecision: say } = words.capital;
  const projects = useQuery({ ...unitProjectsQuery(line.unit), enabled: line.unit !== '' });
  // Capital sits on the leaves: a project with components takes none.
  const parents = new Set(projects.data?.map(({ parentCode }) => parentCode));
  return (
    <div className={lines.row} role="group" aria-label={say.lineNumber(number)}>
      <span className={lines.number} aria-hidden="true">
        {number}
      </span>
      <SeriesFields row={line} onChange={(next) => onChange({ ...line, ...next })} />
      <Field label={say.unit}>
        {(input) => (
          <select
            {...input}
            value={line.unit}
            onChange={(event) => onChange({ ...line, unit: event.currentTarget.value, project: '' })}
          >
            <option value="">{say.choose}</option>
            {units.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={say.project}>
        {(input) => (
          <select
            {...input}
            value={line.project}
            onChange={(event) => onChange({ ...line, project: event.currentTarget.value })}
          >
            <option value="">{say.unassigned}</option>
            {projects.data
              ?.filter(({ code }) => !parents.has(code))
              .map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
          </select>
        )}
      </Field>
      <SourceField row={line} sources={sources} onChange={(source) => onChange({ ...line, source })} />
      <AmountField row={line} onChange={(million) => onChange({ ...line, million })} />
      <RemoveButton label={say.removeLine(number)} onRemove={onRemove} />
    </div>
  );
}

export function TotalRow({
  number,
  total,
  sources,
  onChange,
  onRemove,
}: RowProps<DraftAmount> & { total: DraftAmount }) {
  const { newDecision: say } = useWords().capital;
  return (
    <div className={`${lines.row} ${lines.rowTotal}`} role="group" aria-label={say.totalNumber(number)}>
      <span className={lines.number} aria-hidden="true">
        {number}
      </span>
      <SeriesFields row={total} onChange={(next) => onChange({ ...total, ...next })} />
      <SourceField row={total} sources={sources} onChange={(source) => onChange({ ...total, source })} />
      <AmountField row={total} onChange={(million) => onChange({ ...total, million })} />
      <RemoveButton label={say.removeTotal(number)} onRemove={onRemove} />
    </div>
  );
}

function SeriesFields({
  row,
  onChange,
}: {
  row: DraftAmount;
  onChange: (next: { basis?: Basis; carriedOver?: boolean }) => void;
}) {
  const words = useWords();
  const { newDecision: say } = words.capital;
  return (
    <>
      <Field label={say.basis}>
        {(input) => (
          <select
            {...input}
            value={row.basis}
            onChange={(event) => onChange({ basis: event.currentTarget.value as Basis })}
          >
            <option value="province">{words.basis.province}</option>
            <option value="pm">{words.basis.pm}</option>
          </select>
        )}
      </Field>
      <div>
        <label className={lines.check}>
          <input
            type="checkbox"
            checked={row.carriedOver}
            onChange={(event) => onChange({ carriedOver: event.currentTarget.checked })}
          />
          {words.unit.carried}
        </label>
      </div>
    </>
  );
}

function SourceField({
  row,
  sources,
  onChange,
}: {
  row: DraftAmount;
  sources: FundingSource[];
  onChange: (source: string) => void;
}) {
  const { newDecision: say } = useWords().capital;
  return (
    <Field label={say.source}>
      {(input) => (
        <select {...input} value={row.source} onChange={(event) => onChange(event.currentTarget.value)}>
          <option value="">{say.choose}</option>
          {sources.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function AmountField({ row, onChange }: { row: DraftAmount; onChange: (million: string) => void }) {
  const { newDecision: say } = useWords().capital;
  const isWrong = row.million.trim() !== '' && dongOfMillion(row.million) === null;
  return (
    <Field label={say.amount}>
      {(input) => (
        <input
          {...input}
          className={`${form.input} ${form.amount}`}
          inputMode="decimal"
          autoComplete="off"
          value={row.million}
          aria-invalid={isWrong}
          title={isWrong ? say.notMillion : undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function RemoveButton({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <button type="button" className={lines.remove} aria-label={label} onClick={onRemove}>
      <IconTrash size={16} aria-hidden="true" />
    </button>
  );
}
