import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '@earshot/database';
import { freePort, type PostgresOptions, type RunningPostgres, startPostgres } from '@earshot/embedded';

/** A PostgreSQL that keeps what it commits, and can be killed and started again on the same data. */
export class PostgresServer {
  private constructor(
    private readonly options: PostgresOptions,
    private server: RunningPostgres,
  ) {}

  /** With Earshot's tables in the server's own database. */
  static async start(dir: string, logFile: string): Promise<PostgresServer> {
    const onLine = (line: string) => appendFileSync(logFile, `${line}\n`);
    const options = { dir, port: await freePort(), password: randomUUID(), settings: { max_connections: '300' }, isDetached: true, onLine };
    const server = await startPostgres(options);
    await migrate(server.url);
    return new PostgresServer(options, server);
  }

  get url(): string {
    return this.server.url;
  }

  /** SIGKILL to its process group, and a new start on the same data after a moment. */
  async crash(awayMs: number): Promise<void> {
    this.killNow();
    await this.server.exited;
    await sleep(awayMs);
    this.server = await this.startAgain();
  }

  killNow(): void {
    try {
      process.kill(-this.server.pid, 'SIGKILL');
    } catch {
      // it is gone
    }
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** It refuses to start while processes of the one that was killed still hold its memory. */
  private async startAgain(): Promise<RunningPostgres> {
    for (const endMs = Date.now() + 30_000; ; await sleep(300)) {
      try {
        return await startPostgres(this.options);
      } catch (error) {
        if (Date.now() > endMs) throw error;
      }
    }
  }
}
