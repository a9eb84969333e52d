import { IconBook2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Card } from '../frame/Card';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { MoreRows } from '../frame/MoreRows';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import classes from './documents.module.css';
import { registerQuery } from './documents-client';
import { SearchField } from './DocumentsScreen';
import { DocumentsTable } from './DocumentsTable';

const route = getRouteApi('/frame/document-register');

/** The outgoing register of a year: what has a number, by series and number. */
export function RegisterScreen() {
  const { documents: say } = useWords();
  const navigate = route.useNavigate();
  const { year, series, search } = route.useSearch();
  const register = useInfiniteQuery(
    registerQuery({
      ...(year === undefined ? {} : { year }),
      ...(series === undefined ? {} : { symbol: series }),
      ...(search === undefined ? {} : { search }),
    }),
  );
  const first = register.data?.pages[0];
  const items = register.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead
        title={first === undefined ? say.register : say.registerTitle(first.year)}
        actions={first !== undefined && <ExportLink list="document-register" filter={{ planYear: first.year }} />}
      />
      <div className={classes.bar}>
        {first !== undefined && first.years.length > 1 && (
          <select
            aria-label={say.year}
            className={form.input}
            style={{ width: 'auto' }}
            value={first.year}
            onChange={(event) => void navigate({ search: { year: Number(event.currentTarget.value) } })}
          >
            {first.years.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        )}
        {first !== undefined && first.series.length > 1 && (
          <select
            aria-label={say.series}
            className={form.input}
            style={{ width: 'auto' }}
            value={series ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              void navigate({ search: { ...(year ? { year } : {}), ...(chosen === '' ? {} : { series: chosen }) } });
            }}
          >
            <option value="">{say.allSeries}</option>
            {first.series.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        )}
        <SearchField
          value={search ?? ''}
          label={say.search}
          onSearch={(text) => void navigate({ search: (was) => ({ ...was, search: text }), replace: true })}
        />
      </div>
      {register.isError ? (
        <FailedState error={register.error} what={say.what} onRetry={() => void register.refetch()} />
      ) : first === undefined ? (
        <LoadingBlock what={say.what} />
      ) : items.length === 0 ? (
        <StateBox icon={<IconBook2 size={22} />} title={say.emptyRegister(first.year)}>
          <p>{say.emptyWaitingBody}</p>
        </StateBox>
      ) : (
        <Card title={say.register} subtitle={say.count(items.length, first.total)}>
          <DocumentsTable items={items} isRegister />
          <MoreRows query={register} shown={items.length} total={first.total} />
        </Card>
      )}
    </>
  );
}
