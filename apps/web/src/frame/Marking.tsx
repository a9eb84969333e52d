import { useWords } from '../words/words-provider';
import classes from './Marking.module.css';

/** "Số liệu minh hoạ": repeated on each chart and on paper, so that a cut-out picture keeps it. */
export function Marking() {
  return <span className={classes.marking}>{useWords().illustrative}</span>;
}
