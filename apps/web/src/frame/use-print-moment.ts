import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** When the page is being printed: a page left open since the morning must not print the morning's time. */
export function usePrintMoment(): Date {
  const [moment, setMoment] = useState(() => new Date());
  useEffect(() => {
    // Synchronously: the browser takes its picture right after this event.
    const stamp = () => flushSync(() => setMoment(new Date()));
    window.addEventListener('beforeprint', stamp);
    return () => window.removeEventListener('beforeprint', stamp);
  }, []);
  return moment;
}
