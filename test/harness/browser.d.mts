import type { Browser } from 'playwright-core';

/** Why there is no browser for this machine, or undefined. */
export function browserProblem(): string | undefined;
/** Starts the browser; `close` also removes what was unpacked for it. */
export function openBrowser(): Promise<{ browser: Browser; close(): Promise<void> }>;
