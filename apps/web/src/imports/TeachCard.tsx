import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { unitsQuery } from '../client/queries';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import { ColumnsTable } from './ColumnsTable';
import { importQuery, offeredQuery, readAgain } from './import-queries';
import classes from './imports.module.css';
import { fieldName } from './read-values';
import { AMOUNT_UNITS, hasAmounts, type Choices, type Import, type OfferedKind, type Reading } from './types';

const LAST_MONTH = 13;
/** What one value may say of every row of a file. */
const SHARED_FIELDS = ['plan_year', 'month', 'unit_code'];

/** What the file does not say itself: its columns, its unit, its month. Then it is read again where it lies. */
export function TeachCard({ file, reading }: { file: Import; reading: Reading }) {
  const words = useWords();
  const offered = useQuery(offeredQuery);
  const kind = offered.data?.kinds.find((one) => one.kind === file.kind);
  if (kind === undefined) return null;
  return (
    <Card title={words.imports.teach} subtitle={words.imports.teachHint}>
      <TeachForm file={file} reading={reading} kind={kind} />
    </Card>
  );
}

function TeachForm({ file, reading, kind }: { file: Import; reading: Reading; kind: OfferedKind }) {
  const words = useWords();
  const own = words.imports;
  const queryClient = useQueryClient();
  const units = useQuery(unitsQuery());
  const [amountUnit, setAmountUnit] = useState(file.choices.amountUnit);
  const [cumulative, setCumulative] = useState(file.choices.cumulative);
  const [decimal, setDecimal] = useState(file.choices.decimal);
  const [constants, setConstants] = useState(file.choices.constants);
  const [mapping, setMapping] = useState(file.choices.mapping);
  const reread = useMutation({
    mutationFn: (choices: Choices) => readAgain(file.id, choices),
    onSuccess: (next) => {
      queryClient.removeQueries({ queryKey: ['import', String(file.id), 'rows'] });
      queryClient.setQueryData(importQuery(String(file.id)).queryKey, next);
    },
  });
  const tell = (field: string, value: string) =>
    setConstants(({ [field]: _before, ...rest }) => (value === '' ? rest : { ...rest, [field]: value }));
  const inColumns = new Set(reading.columns.flatMap(({ field }) => field?.split(/;|=/) ?? []));
  const shared = SHARED_FIELDS.filter(
    (field) => kind.fields.some(({ name }) => name === field) && (!inColumns.has(field) || field in constants),
  );

  return (
    <form
      className={classes.teach}
      onSubmit={(event) => {
        event.preventDefault();
        if (reread.isPending) return;
        reread.mutate({
          ...(amountUnit === null ? {} : { amountUnit }),
          ...(cumulative === null ? {} : { cumulative }),
          ...(decimal === null ? {} : { decimal }),
          constants,
          mapping,
        });
      }}
    >
      <ColumnsTable kind={kind} reading={reading} mapping={mapping} onChange={setMapping} />
      <div className={form.fields}>
        {hasAmounts(kind) && (
          <Field label={own.amountUnit}>
            {(input) => (
              <select
                {...input}
                value={amountUnit ?? ''}
                onChange={(event) => setAmountUnit((event.currentTarget.value || null) as typeof amountUnit)}
              >
                <option value="">{own.unitAsFile}</option>
                {AMOUNT_UNITS.map((unit) => (
                  <option key={unit} value={unit}>
                    {own.amountUnits[unit]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {(reading.ambiguousAmounts > 0 || file.choices.decimal !== null) && (
          <Field label={own.decimal} hint={own.decimalHint(reading.ambiguousAmounts)}>
            {(input) => (
              <select
                {...input}
                value={decimal ?? ''}
                onChange={(event) => setDecimal((event.currentTarget.value || null) as typeof decimal)}
              >
                <option value="">{own.decimalOpen}</option>
                <option value=",">{own.decimals[',']}</option>
                <option value=".">{own.decimals['.']}</option>
              </select>
            )}
          </Field>
        )}
        {kind.kind === 'disbursements' && (
          <Field label={own.period}>
            {(input) => (
              <select
                {...input}
                value={cumulative === null ? '' : String(cumulative)}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setCumulative(value === '' ? null : value === 'true');
                }}
              >
                <option value="">{own.asHeading}</option>
                <option value="false">{own.ofMonth}</option>
                <option value="true">{own.cumulative}</option>
              </select>
            )}
          </Field>
        )}
        {shared.map((field) => (
          <Field key={field} label={`${fieldName(words, field)} (${own.sameForAll.toLowerCase()})`}>
            {(input) =>
              field === 'plan_year' ? (
                <input
                  {...input}
                  inputMode="numeric"
                  maxLength={4}
                  placeholder={own.inFile}
                  value={constants[field] ?? ''}
                  onChange={(event) => tell(field, event.currentTarget.value.trim())}
                />
              ) : (
                <select
                  {...input}
                  value={constants[field] ?? ''}
                  onChange={(event) => tell(field, event.currentTarget.value)}
                >
                  <option value="">{own.inFile}</option>
                  {field === 'month'
                    ? Array.from({ length: LAST_MONTH }, (_, i) => (
                        <option key={i} value={i + 1}>
                          {i + 1}
                        </option>
                      ))
                    : units.data?.map(({ code, name }) => (
                        <option key={code} value={code}>
                          {name}
                        </option>
                      ))}
                </select>
              )
            }
          </Field>
        ))}
      </div>
      {reread.isError && <Refused label={own.notReadAgain} error={reread.error} place={() => ''} />}
      <div className={form.actions}>
        <Button type="submit" variant="filled" loading={reread.isPending} leftSection={<IconRefresh size={16} />}>
          {own.readAgain}
        </Button>
      </div>
    </form>
  );
}
