import type { KeyProjectList } from '../client/types';
import { useWords } from '../words/words-provider';
import classes from './DeclaredBar.module.css';

/** One block for each declared project: named, known only as a number, not explained at all. */
export function DeclaredBar({ list }: { list: KeyProjectList }) {
  const words = useWords();
  const unexplained = list.items.filter((item) => item.origin === 'unexplained').length;
  const unnamed = list.items.filter((item) => !item.named).length - unexplained;
  const parts = [
    { kind: 'named', count: list.namedCount, text: words.keyProjects.barNamed(list.namedCount) },
    { kind: 'unnamed', count: unnamed, text: words.keyProjects.barUnnamed(unnamed) },
    { kind: 'unexplained', count: unexplained, text: words.keyProjects.barUnexplained(unexplained) },
  ].filter((part) => part.count > 0);
  return (
    <div className={classes.bar}>
      <div className={classes.blocks} aria-hidden="true">
        {parts.flatMap((part) =>
          Array.from({ length: part.count }, (_, index) => (
            <span key={`${part.kind}${index}`} className={classes.block} data-kind={part.kind} />
          )),
        )}
      </div>
      <p className={classes.words}>{parts.map((part) => part.text).join(' · ')}</p>
    </div>
  );
}
