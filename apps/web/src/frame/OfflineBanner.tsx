import { IconWifiOff } from '@tabler/icons-react';
import { useWords } from '../words/words-provider';
import classes from './OfflineBanner.module.css';
import { useReachable } from './use-reachable';

export function OfflineBanner() {
  const words = useWords();
  const reachable = useReachable();
  return (
    <div role="status" className={classes.holder}>
      {!reachable && (
        <p className={classes.banner}>
          <IconWifiOff size={16} aria-hidden="true" />
          {words.state.offlineBanner}
        </p>
      )}
    </div>
  );
}
