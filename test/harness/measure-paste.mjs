// A block pasted into the month grid, and how long the page answered nobody meanwhile: for the bench and its sample.

/** Long tasks as the browser itself reports them (50 ms and more), and the longest gap between turns of its loop. */
const WATCH = `
  window.watched = { tasks: [], gap: 0 };
  new PerformanceObserver((list) => window.watched.tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ entryTypes: ['longtask'] });
  { let last = performance.now(); const channel = new MessageChannel();
    channel.port1.onmessage = () => { const now = performance.now(); window.watched.gap = Math.max(window.watched.gap, now - last);
      last = now; setTimeout(() => channel.port2.postMessage(0), 0); }; channel.port2.postMessage(0); }
`;

/**
 * One paste into a freshly opened grid: the difference is shown, then saved, then booked by the server. Answers the
 * longest task in milliseconds (`reason`, if given, is written for all cells, where the figures are unusual); where the browser reports none, the longest gap of its loop.
 */
export async function measurePaste(page, { count, offset, reason }) {
  await page.getByRole('grid').waitFor();
  await page.waitForTimeout(300);
  await page.evaluate(WATCH);
  const text = Array.from({ length: count }, (_, i) => `${offset + i + 1},${(i % 9) + 1}`).join('\n');
  await page.getByRole('grid').focus();
  await page.evaluate(
    `(() => { const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(text)});
      document.querySelector('[role=grid]').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`,
  );
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: `Ghi ${count} ô` }).click();
  if (reason !== undefined) {
    await page.getByRole('button', { name: 'Ghi lý do' }).click();
    await page.getByLabel('Lý do', { exact: true }).fill(reason);
    await page.getByRole('button', { name: `Ghi cả ${count} ô với lý do này` }).click();
  }
  await page.getByText(`Đã lưu ${count} ô.`).last().waitFor();
  // Scrolling through what was pasted is part of it.
  for (let i = 0; i < 10; i++) await page.getByRole('grid').evaluate((grid) => void (grid.scrollTop += 2000));
  await page.waitForTimeout(300);
  const { tasks, gap } = await page.evaluate('window.watched');
  return tasks.length > 0 ? Math.max(...tasks) : gap;
}
