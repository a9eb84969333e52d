import { type RefObject, useLayoutEffect, useState } from 'react';

/** Lines are drawn this many beyond the edges, so that a quick scroll finds them there. */
const SPARE_LINES = 8;

export interface ScrollWindow {
  first: number;
  last: number;
  left: number;
  width: number;
  height: number;
}

/** Which lines of equal height a scrolling box shows; changes in steps, not with each pixel. */
export function useWindow(box: RefObject<HTMLElement | null>, lines: number, lineHeight: number): ScrollWindow {
  const [seen, setSeen] = useState<ScrollWindow>({ first: 0, last: 40, left: 0, width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = (): void => {
      const first = Math.max(0, Math.floor(element.scrollTop / lineHeight / 4) * 4 - SPARE_LINES);
      const shown = Math.ceil(element.clientHeight / lineHeight) + 2 * SPARE_LINES + 4;
      const next = {
        first,
        last: Math.min(lines, first + shown),
        left: Math.floor(element.scrollLeft / 40) * 40,
        width: element.clientWidth,
        height: element.clientHeight,
      };
      setSeen((before) =>
        Object.entries(next).every(([key, value]) => before[key as keyof ScrollWindow] === value) ? before : next,
      );
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [box, lines, lineHeight]);
  return seen;
}
