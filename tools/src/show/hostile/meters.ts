import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';

/** The largest resident memory of any child with the programs it started, looked at every 50 ms (Linux only, else null). */
export class ChildMemoryMeter {
  private peakKb = 0;
  private readonly timer = setInterval(() => this.look(), 50);

  stop(): number | null {
    clearInterval(this.timer);
    return process.platform === 'linux' ? Math.round(this.peakKb / 1024) : null;
  }

  private look(): void {
    for (const child of childrenOf(process.pid)) this.peakKb = Math.max(this.peakKb, residentKb(child));
  }
}

function residentKb(pid: number): number {
  const [, kb = '0'] = /^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return childrenOf(pid).reduce((sum, child) => sum + residentKb(child), Number(kb));
}

const childrenOf = (pid: number): number[] => read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/**
 * How long this process's event loop was held up at most, and how much memory it took. A thread that does nothing tells how late the
 * machine's other load alone makes a loop.
 */
export class ParentMeter {
  private readonly delay = monitorEventLoopDelay({ resolution });
  private readonly idle = new Worker(idleThread, { eval: true, workerData: resolution });
  private startMb = 0;

  start(): void {
    this.startMb = residentMb();
    this.idle.postMessage('start');
    this.delay.enable();
  }

  async stop(): Promise<{ longestBlockMs: number; idleThreadBlockMs: number; grownMb: number }> {
    this.delay.disable();
    const grownMb = Math.round(residentMb() - this.startMb);
    this.idle.postMessage('stop');
    const [idleNs] = await once(this.idle, 'message');
    await this.idle.terminate();
    return { longestBlockMs: Math.round(this.delay.max / 1e6), idleThreadBlockMs: Math.round(Number(idleNs) / 1e6), grownMb };
  }
}

const resolution = 5;

const idleThread = `
  const { parentPort, workerData } = require('node:worker_threads');
  const delay = require('node:perf_hooks').monitorEventLoopDelay({ resolution: workerData });
  parentPort.on('message', (message) => {
    if (message === 'start') delay.enable();
    else parentPort.postMessage(delay.max);
  });
`;

const residentMb = (): number => process.memoryUsage.rss() / 2 ** 20;

/** A server that must not be called. */
export async function trap(): Promise<{ url: string; connectionCount(): number; close(): void }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressOf(server.address());
  return { url: `http://127.0.0.1:${port}/secret.ts`, connectionCount: () => connections, close: () => void server.close() };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address;
}
