import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { monthsQuery } from '../client/queries';
import { parseMonth, writeMonth } from '../format/month';
import { Card } from '../frame/Card';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { MoreRows } from '../frame/MoreRows';
import { PageHead } from '../frame/PageHead';
import { Picker } from '../frame/Picker';
import { StateBox } from '../frame/StateBox';
import { UnitPicker } from '../frame/UnitPicker';
import { YearSwitch } from '../frame/YearSwitch';
import { useWords } from '../words/words-provider';
import classes from './entries.module.css';
import { isWarningCode, WARNING_CODES, warningsQuery } from './queries';
import { WarningsTable } from './WarningsTable';

const MONTHS = Array.from({ length: 13 }, (_, index) => index + 1);

/** The entries of a month that were unusual, each with the reason that was given and who gave it. */
export function WarningsScreen() {
  const words = useWords();
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/entry-warnings' });
  const months = useQuery({ ...monthsQuery(), enabled: search.month === undefined });
  // The month that takes entries now, or of a year that is done its last.
  const current = months.data?.items.find(({ state }) => state !== 'closed') ?? months.data?.items.at(-1);
  const month = search.month ?? current?.month;
  const { unit, code } = search;
  const warnings = useInfiniteQuery({
    ...warningsQuery({
      month: month ?? '',
      ...(unit === undefined ? {} : { unit }),
      ...(code === undefined ? {} : { code }),
    }),
    enabled: month !== undefined,
  });
  const say = words.warnings;
  if (month === undefined)
    return months.isError ? (
      <FailedState error={months.error} what={say.what} onRetry={() => void months.refetch()} heading="h1" />
    ) : months.isPending ? (
      <LoadingBlock what={say.what} />
    ) : (
      <StateBox icon={<IconCircleCheck size={22} />} title={words.month.noMonths}>
        <p>{words.month.noMonthsBody}</p>
      </StateBox>
    );
  const { planYear, number } = parseMonth(month);
  const change = (next: Partial<typeof search>) =>
    void navigate({ to: '/entry-warnings', search: { month, ...search, ...next }, replace: true });
  const items = warnings.data?.pages.flatMap((page) => page.items) ?? [];
  const first = warnings.data?.pages[0];
  return (
    <>
      <PageHead
        title={say.title(words.time.inTextYear(number, planYear))}
        actions={<ExportLink list="warnings" filter={{ month, ...(unit === undefined ? {} : { unit }) }} />}
      >
        <YearSwitch year={planYear} onChange={(year) => change({ month: writeMonth({ planYear: year, number }) })} />
      </PageHead>
      <div className={`${classes.filters} screenOnly`}>
        <Picker
          label={say.month}
          value={String(number)}
          options={MONTHS.map((each) => ({ value: String(each), label: words.time.long(each, planYear) }))}
          onChange={(value) => change({ month: writeMonth({ planYear, number: Number(value) }) })}
        />
        <UnitPicker chosen={unit} onChoose={(next) => change({ unit: next })} />
        <Picker
          label={say.code}
          value={code ?? ''}
          options={[
            { value: '', label: say.allCodes },
            ...WARNING_CODES.map((each) => ({ value: each, label: say.codes[each] })),
          ]}
          onChange={(value) => change({ code: isWarningCode(value) ? value : undefined })}
        />
      </div>
      {warnings.isError && items.length === 0 ? (
        <FailedState error={warnings.error} what={say.what} onRetry={() => void warnings.refetch()} />
      ) : first === undefined ? (
        <LoadingBlock what={say.what} />
      ) : first.total === 0 ? (
        <StateBox icon={<IconCircleCheck size={22} />} title={say.empty(words.time.long(number, planYear))}>
          <p>{unit === undefined && code === undefined ? say.emptyBody : say.emptyFiltered}</p>
        </StateBox>
      ) : (
        <Card title={say.list} subtitle={say.count(items.length, first.total)}>
          <WarningsTable items={items} />
          <MoreRows query={warnings} shown={items.length} total={first.total} />
        </Card>
      )}
    </>
  );
}
