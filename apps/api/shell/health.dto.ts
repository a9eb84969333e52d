export class LiveDto {
  status: 'live';
}

/** Whether this process can do its work; beside it, what the fleet has due. */
export class ReadyDto {
  status: 'ready' | 'not-ready';
  database: boolean;
  pendingMigrations: number;
  /** Work decided on and not done yet. */
  outboxWaiting: number;
  /** Age of the oldest of it, seconds. */
  outboxOldestSeconds: number;
  /** Closed months without an evaluation a minute after the close. */
  overdueEvaluations: string[];
}
