import { Button } from '@mantine/core';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { formatDong } from '../format/amount';
import { Card } from '../frame/Card';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import { DropZone } from './DropZone';
import { templateAddress } from './import-queries';
import classes from './imports.module.css';
import { AMOUNT_UNITS, hasAmounts, type AmountUnit, type ImportKind, type OfferedImports } from './types';
import { UploadProgress } from './UploadProgress';
import { useUpload } from './use-upload';

const MEGABYTE = 1_000_000;

/** What is asked once: the kind, the unit of amounts, month's or cumulative. Then the file goes. */
export function SendCard({ offered }: { offered: OfferedImports }) {
  const words = useWords();
  const own = words.imports;
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/imports' });
  const kind = offered.kinds.find((one) => one.kind === search.kind);
  const [file, setFile] = useState<File | null>(null);
  const [amountUnit, setAmountUnit] = useState<AmountUnit | null>(null);
  const [cumulative, setCumulative] = useState<boolean | null>(null);
  const upload = useUpload();
  const asksPeriod = kind?.kind === 'disbursements';
  const tooBig = file !== null && file.size >= offered.maxBytes;
  const megabytes = formatDong(offered.maxBytes / MEGABYTE);
  const missing =
    kind === undefined
      ? own.needKind
      : file === null
        ? own.needFile
        : tooBig
          ? own.tooBig(megabytes)
          : asksPeriod && cumulative === null
            ? own.needPeriod
            : undefined;

  const send = () => {
    if (kind === undefined || file === null || missing !== undefined || upload.isSending) return;
    upload.start({
      kind: kind.kind,
      file,
      amountUnit: hasAmounts(kind) ? amountUnit : null,
      cumulative: asksPeriod ? cumulative : null,
    });
  };
  const chooseKind = (next: ImportKind) =>
    void navigate({ to: '/imports', search: { kind: next }, replace: true, resetScroll: false });

  return (
    <Card title={own.send} icon={<IconUpload size={16} aria-hidden="true" />}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <fieldset className={classes.set}>
          <legend className={classes.legend}>{own.kindQuestion}</legend>
          <div className={classes.kinds}>
            {offered.kinds.map((one) => (
              <div key={one.kind} className={classes.kind} data-chosen={one.kind === search.kind || undefined}>
                <label className={classes.kindLabel}>
                  <input
                    type="radio"
                    name="kind"
                    checked={one.kind === search.kind}
                    onChange={() => chooseKind(one.kind)}
                  />
                  <span>
                    <span className={classes.kindName}>{own.kinds[one.kind]}</span>
                    <span className={classes.kindHint}>{own.kindHints[one.kind]}</span>
                  </span>
                </label>
                <a
                  className={classes.template}
                  href={templateAddress(one.kind)}
                  download
                  aria-label={own.templateOf(own.kinds[one.kind])}
                >
                  <IconDownload size={16} aria-hidden="true" />
                  {own.template}
                </a>
              </div>
            ))}
          </div>
        </fieldset>
        <div className={classes.right}>
          <DropZone
            file={file}
            tooBig={tooBig}
            limits={own.limits(formatDong(offered.maxCsvRows), formatDong(offered.maxWorkbookRows), megabytes)}
            onChoose={setFile}
          />
          {kind !== undefined && hasAmounts(kind) && (
            <div className={classes.question}>
              <label htmlFor="amount-unit">{own.unitQuestion}</label>
              <select
                id="amount-unit"
                className={classes.input}
                value={amountUnit ?? ''}
                onChange={(event) => setAmountUnit((event.currentTarget.value || null) as AmountUnit | null)}
              >
                <option value="">{own.unitAsFile}</option>
                {AMOUNT_UNITS.map((unit) => (
                  <option key={unit} value={unit}>
                    {own.amountUnits[unit]}
                  </option>
                ))}
              </select>
            </div>
          )}
          {asksPeriod && (
            <fieldset className={classes.question}>
              <legend>{own.periodQuestion}</legend>
              <div className={classes.answers}>
                {[false, true].map((value) => (
                  <label key={String(value)} className={classes.answer}>
                    <input
                      type="radio"
                      name="period"
                      checked={cumulative === value}
                      onChange={() => setCumulative(value)}
                    />
                    {value ? own.cumulative : own.ofMonth}
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {upload.isSending ? (
            <UploadProgress sent={upload.sent} total={upload.total} onStop={upload.stop} />
          ) : (
            <div className={classes.actions}>
              <Button
                type="submit"
                variant="filled"
                aria-disabled={missing !== undefined || undefined}
                leftSection={<IconUpload size={16} />}
              >
                <span className={classes.clip}>{file === null ? own.uploadAny : own.upload(file.name)}</span>
              </Button>
              {missing !== undefined && <span className={classes.missing}>{missing}</span>}
            </div>
          )}
          <Refused label={own.notSent} error={upload.refusal} />
        </div>
      </form>
    </Card>
  );
}
