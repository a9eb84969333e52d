import type { Page } from 'playwright-core';

export function measurePaste(page: Page, block: { count: number; offset: number; reason?: string }): Promise<number>;
