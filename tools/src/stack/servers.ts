import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnPostgres, startOwnPostgres } from '@earshot/database/testing';
import { TestRedis } from '@earshot/queue/testing';

export const doorbells = ['redis', 'notify'] as const;
export type DoorbellName = (typeof doorbells)[number];

/** What services stand on: PostgreSQL with every durability rule on, Redis where it is the doorbell, and a folder. */
export class Servers {
  private constructor(
    readonly postgres: OwnPostgres,
    readonly databaseUrl: string,
    readonly redis: TestRedis | null,
    readonly home: string,
  ) {}

  static async start(doorbell: DoorbellName, { postgresEnv = {} }: { postgresEnv?: NodeJS.ProcessEnv } = {}): Promise<Servers> {
    const home = await mkdtemp(join(tmpdir(), 'earshot-bench-'));
    await chmod(home, 0o755);
    const [postgres, redis] = await Promise.all([
      startOwnPostgres({ durable: true, env: postgresEnv }),
      doorbell === 'redis' ? TestRedis.start() : null,
    ]);
    return new Servers(postgres, await postgres.createDatabase(), redis, home);
  }

  /** The settings by which a service finds them. */
  get env(): NodeJS.ProcessEnv {
    return { DATABASE_URL: this.databaseUrl, EARSHOT_HOME: this.home, ...(this.redis !== null && { REDIS_URL: this.redis.url }) };
  }

  async stop(): Promise<void> {
    await Promise.all([this.postgres.stop(), this.redis?.stop()]);
    await rm(this.home, { recursive: true, force: true });
  }
}
