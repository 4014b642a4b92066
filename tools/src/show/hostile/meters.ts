import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';

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

/** How long this process's event loop was held up at most, and how much memory it took. */
export class ParentMeter {
  private readonly delay = monitorEventLoopDelay({ resolution: 5 });
  private startMb = 0;

  start(): void {
    globalThis.gc?.();
    this.startMb = process.memoryUsage.rss() / 2 ** 20;
    this.delay.enable();
  }

  stop(): { longestBlockMs: number; grownMb: number } {
    this.delay.disable();
    globalThis.gc?.();
    return { longestBlockMs: Math.round(this.delay.max / 1e6), grownMb: Math.round(process.memoryUsage.rss() / 2 ** 20 - this.startMb) };
  }
}

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
