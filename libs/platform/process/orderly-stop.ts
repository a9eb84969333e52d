/** A step that hangs (a queue server that is away, say) must not keep the process alive. */
const STEP_LIMIT_MS = 10_000;

/** What has to end, last begun first; once, on Ctrl-C, SIGTERM, a closed terminal, or a failed start. */
export class OrderlyStop {
  private readonly steps: (() => Promise<unknown>)[] = [];
  private running: Promise<boolean> | undefined;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        void this.run().then((isClean) => process.exit(isClean ? 0 : 1));
      });
  }

  onStop(step: () => Promise<unknown>): void {
    this.steps.unshift(step);
  }

  /** True when every step ended well and in time. */
  run(): Promise<boolean> {
    this.running ??= this.end();
    return this.running;
  }

  private async end(): Promise<boolean> {
    let isClean = true;
    for (const step of this.steps)
      try {
        await withinLimit(step());
      } catch (error) {
        // The later steps still have to run, or a server stays behind.
        isClean = false;
        process.stderr.write(`${String(error)}\n`);
      }
    return isClean;
  }
}

async function withinLimit(step: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('a part did not stop within 10 seconds')), STEP_LIMIT_MS);
  });
  try {
    await Promise.race([step, limit]);
  } finally {
    clearTimeout(timer);
  }
}
