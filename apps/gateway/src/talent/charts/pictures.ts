import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../../dist/talent/charts/picture-process.js', import.meta.url));
const mostMs = 30_000;

/**
 * Makes PNG of SVG, one after the other, in processes of their own: a rasteriser takes 100 MB, which a process gives back with its end. The
 * last picture of each name is kept.
 */
export class Pictures {
  private readonly kept = new Map<string, { svg: string; png: Promise<Uint8Array> }>();
  private last: Promise<unknown> = Promise.resolve();

  of(name: string, svg: string): Promise<Uint8Array> {
    const kept = this.kept.get(name);
    if (kept?.svg === svg) return kept.png;
    const png = this.last.then(() => rasterised(svg));
    this.last = png.catch(() => this.kept.delete(name)); // the next one tries again
    this.kept.set(name, { svg, png });
    return png;
  }
}

async function rasterised(svg: string): Promise<Uint8Array> {
  const child = spawn(process.execPath, [entry], { env: {}, timeout: mostMs, killSignal: 'SIGKILL' });
  child.stdin.on('error', () => undefined).end(svg); // one that has ended says so by its code
  const [png, complaint, [code, signal]] = await Promise.all([buffer(child.stdout), text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`The process that makes pictures ended with ${signal ?? code}: ${complaint.trim().slice(-500)}`);
  return png;
}
