import { Database } from '@earshot/database';
import { type DoorbellName, Servers } from '../../stack/servers.js';
import { Service } from '../../stack/service.js';

interface StackOptions {
  children: number;
  /** Further environment of PostgreSQL and the gateway, which write to disk. */
  diskEnv?: NodeJS.ProcessEnv;
}

/** A gateway and an extractor as their own processes, on servers of their own. */
export class DescribeStack {
  private constructor(
    readonly servers: Servers,
    readonly gateway: Service,
    readonly extractor: Service,
    readonly database: Database,
  ) {}

  static async start(doorbell: DoorbellName, { children, diskEnv = {} }: StackOptions): Promise<DescribeStack> {
    const servers = await Servers.start(doorbell, { postgresEnv: diskEnv });
    try {
      const { home, env, databaseUrl } = servers;
      const [gateway, extractor] = await Promise.all([
        Service.start('gateway', { home, env: { ...env, ...diskEnv } }),
        Service.start('extractor', { home, env: { ...env, EARSHOT_SANDBOX_CHILDREN: String(children) } }),
      ]);
      return new DescribeStack(servers, gateway, extractor, new Database({ url: databaseUrl, applicationName: 'bench', poolSize: 1 }));
    } catch (error) {
      await servers.stop();
      throw error;
    }
  }

  /** Transactions that the database has committed, as it tells with a delay of up to a second. */
  readonly transactions = async (): Promise<number> => {
    const rows = await this.database.run<{ n: number }>(transactionsStatement, []);
    return rows[0]?.n ?? 0;
  };

  async stop(): Promise<void> {
    await Promise.all([this.gateway.stop(), this.extractor.stop()]);
    await this.database.close();
    await this.servers.stop();
  }
}

const transactionsStatement = {
  name: 'transactions',
  text: 'select xact_commit as n from pg_stat_database where datname = current_database()',
};
