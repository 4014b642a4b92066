import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@earshot/embedded';
import { Redis } from 'ioredis';

/** A redis-server of its own (Debian's package), for tests, benches and chaos. */
export class TestRedis {
  private server: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly dir: string,
  ) {}

  static async start(): Promise<TestRedis> {
    const redis = new TestRedis(await freePort(), await mkdtemp(join(tmpdir(), 'earshot-redis-')));
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.server?.pid;
  }

  async start(): Promise<void> {
    const options = [
      '--port',
      `${this.port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      this.dir,
      '--save',
      '',
      '--appendonly',
      'no',
      '--maxmemory-policy',
      'noeviction',
    ];
    this.server = spawn('redis-server', options, { stdio: 'ignore' });
    const failed = once(this.server, 'error').then(([error]) =>
      Promise.reject(new Error('redis-server cannot be started', { cause: error })),
    );
    await Promise.race([this.whenReady(), failed]);
  }

  /** Everything in it is gone. */
  erase(): Promise<void> {
    return this.withClient(async (client) => {
      await client.flushall();
    });
  }

  /** SIGKILL; what it held is gone too, for nothing is written to disk. */
  async kill(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.dir, { recursive: true, force: true });
  }

  private async whenReady(): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await this.withClient((client) => client.ping());
        return;
      } catch (error) {
        if (attempt === 100) throw error;
        await sleep(50);
      }
    }
  }

  private async withClient<Result>(use: (client: Redis) => Promise<Result>): Promise<Result> {
    const client = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined); // reported by the call that fails
    try {
      await client.connect();
      return await use(client);
    } finally {
      client.disconnect();
    }
  }
}
