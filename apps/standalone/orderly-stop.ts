/** What has to end, last begun first; once, on Ctrl-C, SIGTERM, a closed terminal, or a failed start. */
export class OrderlyStop {
  private readonly steps: (() => Promise<unknown>)[] = [];
  private running: Promise<void> | undefined;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        void this.run().then(() => process.exit(0));
      });
  }

  onStop(step: () => Promise<unknown>): void {
    this.steps.unshift(step);
  }

  run(): Promise<void> {
    this.running ??= this.end();
    return this.running;
  }

  private async end(): Promise<void> {
    for (const step of this.steps)
      try {
        await step();
      } catch (error) {
        // The later steps still have to run, or a server stays behind.
        process.stderr.write(`${String(error)}\n`);
      }
  }
}
