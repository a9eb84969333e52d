import { IconCalendarMonth } from '@tabler/icons-react';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';

export function NoMonths() {
  const words = useWords();
  return (
    <>
      <PageHead title={words.nav.month} />
      <StateBox icon={<IconCalendarMonth size={22} />} title={words.month.noMonths}>
        <p>{words.month.noMonthsBody}</p>
      </StateBox>
    </>
  );
}
