import { Database } from '@earshot/database';
import { Servers } from '../../stack/servers.js';
import { Service } from '../../stack/service.js';
import type { Sender } from './sender.js';

/** Two callers with keys of their own: one that asks for far too much, and one that asks for one clip at a time. */
export const callers = {
  greedy: { name: 'greedy', key: 'the-key-of-the-greedy-caller' },
  modest: { name: 'modest', key: 'the-key-of-the-modest-caller' },
} as const satisfies Record<string, Sender>;

/** A gateway and an extractor as processes of their own, over a PostgreSQL and a Redis of their own. */
export class OverloadStack {
  private constructor(
    readonly servers: Servers,
    readonly gateway: Service,
    readonly extractor: Service,
    readonly database: Database,
  ) {}

  static async start(settings: Record<string, string>): Promise<OverloadStack> {
    const servers = await Servers.start('redis');
    const env = { ...servers.env, LOG_LEVEL: 'warn' };
    const keys = {
      EARSHOT_ACCESS: 'keys',
      EARSHOT_ADMIN_KEY: 'the-key-of-nobody-in-this-show',
      EARSHOT_KEYS: Object.values(callers)
        .map(({ name, key }) => `${name}=${key}`)
        .join(','),
    };
    const gateway = await Service.start('gateway', { home: servers.home, env: { ...env, ...keys, ...settings } });
    const extractor = await Service.start('extractor', { home: servers.home, env: { ...env, EARSHOT_SANDBOX_CHILDREN: '2' } });
    const database = new Database({ url: servers.databaseUrl, applicationName: 'overload' });
    return new OverloadStack(servers, gateway, extractor, database);
  }

  async stop(): Promise<void> {
    await this.database.close();
    await Promise.all([this.gateway.stop(), this.extractor.stop()]);
    await this.servers.stop();
  }

  /** How many of the jobs have not ended. */
  async unfinished(): Promise<number> {
    return this.count('select count(*)::int as n from job where finished_at is null');
  }

  /** How many of the jobs have ended. */
  async finished(): Promise<number> {
    return this.count('select count(*)::int as n from job where finished_at is not null');
  }

  /** How many of the jobs are there and have succeeded, each item of them. */
  async succeeded(ids: readonly string[]): Promise<number> {
    return this.count(`select count(*)::int as n from job where id = any($1::uuid[]) and state = 'succeeded' and succeeded = total`, [ids]);
  }

  private async count(text: string, values: unknown[] = []): Promise<number> {
    const [row] = await this.database.run<{ n: number }>({ name: '', text }, values);
    return row?.n ?? 0;
  }
}
