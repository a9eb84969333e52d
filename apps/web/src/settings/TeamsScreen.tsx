import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';

export function TeamsScreen() {
  const words = useWords();
  return <PageHead title={words.settings.teams} />;
}
