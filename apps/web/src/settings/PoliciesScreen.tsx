import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';

export function PoliciesScreen() {
  const words = useWords();
  return <PageHead title={words.settings.policies} />;
}
