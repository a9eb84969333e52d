import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formatMillion } from '../format/amount';
import { formatMoment } from '../format/date';
import { Chip } from '../frame/Chip';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './entries.module.css';
import type { DisbursementWarning } from './queries';

export function WarningsTable({ items }: { items: DisbursementWarning[] }) {
  const words = useWords();
  const say = words.warnings;
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{say.entry}</th>
            <th scope="col" className={table.number}>
              {say.amount}
            </th>
            <th scope="col" className={table.wideOnly}>
              {say.why}
            </th>
            <th scope="col" className={table.wideOnly}>
              {say.reason}
            </th>
            <th scope="col" className={table.wideOnly}>
              {say.author}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((warning) => (
            <WarningRow key={warning.id} warning={warning} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WarningRow({ warning }: { warning: DisbursementWarning }) {
  const words = useWords();
  const { number } = words.warnings;
  const facts = [
    words.unit.entryKinds[warning.kind],
    warning.carriedOver ? words.unit.carried : '',
    warning.documentNo ?? '',
    number(warning.entryId),
  ];
  return (
    <tr>
      <th scope="row" className={classes.entry}>
        <Link to="/projects/$code" params={{ code: warning.project.code }} className={table.link}>
          {warning.project.name}
        </Link>
        <span className={table.under}>
          {warning.unit.name} · {warning.source.name}
        </span>
        <span className={table.under}>{facts.filter(Boolean).join(' · ')}</span>
        <span className={table.narrowOnly}>
          <Why warning={warning} />
          <Reason warning={warning} />
          <span className={table.under}>
            {warning.recordedBy}, {formatMoment(warning.recordedAt)}
          </span>
        </span>
      </th>
      <td className={`${table.number} ${table.strong}`}>{formatMillion(warning.amountDong)}</td>
      <td className={`${table.wideOnly} ${classes.why}`}>
        <Why warning={warning} />
      </td>
      <td className={`${table.wideOnly} ${classes.reason}`}>
        <Reason warning={warning} />
      </td>
      <td className={table.wideOnly}>
        {warning.recordedBy}
        <span className={table.under}>{formatMoment(warning.recordedAt)}</span>
      </td>
    </tr>
  );
}

/** The kind of warning, with the figures that set it off, in triệu đồng. */
function Why({ warning }: { warning: DisbursementWarning }) {
  const { codes, found } = useWords().warnings;
  const { code, foundDong, comparedWithDong } = warning;
  return (
    <>
      <Chip tone="below" icon={<IconAlertTriangle size={14} aria-hidden="true" />}>
        {codes[code]}
      </Chip>
      <span className={table.under}>{found[code](formatMillion(foundDong), formatMillion(comparedWithDong))}</span>
    </>
  );
}

function Reason({ warning }: { warning: DisbursementWarning }) {
  const { reasonMissing } = useWords().warnings;
  return warning.reason === null ? <span className={table.quiet}>{reasonMissing}</span> : <>{warning.reason}</>;
}
