import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@earshot/embedded';
import { promptMallocEnv } from '@earshot/platform';

type Role = 'gateway' | 'extractor' | 'trainer' | 'indexer';

/** Where each service is told the port of its HTTP server. */
const portSetting = {
  gateway: 'PORT',
  extractor: 'HEALTH_PORT',
  trainer: 'HEALTH_PORT',
  indexer: 'HEALTH_PORT',
} as const satisfies Record<Role, string>;

const startLimitMs = 120_000;

/** A real service as its own process, with its log in a file. */
export class Service {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly logFile: string,
  ) {}

  /** On a free port, unless one is named; of another build, where its folder is given. */
  static async start(
    role: Role,
    { home, env, port: named, root }: { home: string; env: NodeJS.ProcessEnv; port?: number | undefined; root?: string | undefined },
  ): Promise<Service> {
    const port = named ?? (await freePort());
    const logFile = join(home, `${role}.log`);
    const log = openSync(logFile, 'a');
    const own = fileURLToPath(new URL('../dist/main.js', import.meta.resolve(`@earshot/${role}`)));
    const main = root === undefined ? own : join(root, `apps/${role}/dist/main.js`);
    const { PATH, NODE_OPTIONS } = process.env;
    const child = spawn(process.execPath, [main], {
      env: {
        PATH,
        NODE_OPTIONS,
        ...(role === 'gateway' && promptMallocEnv),
        DRAIN_SECONDS: '0',
        ...env,
        [portSetting[role]]: String(port),
      },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const service = new Service(`http://127.0.0.1:${port}`, child, logFile);
    await service.untilReady();
    return service;
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Sum of a counter over its labels. */
  async counter(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const samples = text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'));
    return [...samples].reduce((sum, [, value]) => sum + Number(value), 0);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }

  /** As a machine dies: without a word. */
  async kill(): Promise<void> {
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  /** The end of its log. */
  lastWords(): string {
    return readFileSync(this.logFile, 'utf8').slice(-2_000);
  }

  private async untilReady(): Promise<void> {
    for (const deadline = Date.now() + startLimitMs; Date.now() < deadline; await sleep(50)) {
      if (this.process.exitCode !== null) break;
      const response = await fetch(`${this.url}/readyz`).catch(() => null);
      if (response?.ok) return;
    }
    this.process.kill('SIGKILL');
    throw new Error(`A service did not become ready:\n${this.lastWords()}`);
  }
}
