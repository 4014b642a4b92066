import { Worker } from 'node:worker_threads';

const entry = new URL('../../../dist/talent/charts/picture-thread.js', import.meta.url);

/** Makes PNG of SVG, one after the other and beside the thread that answers. The last picture of each name is kept. */
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

function rasterised(svg: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(entry, { workerData: svg, resourceLimits: { maxOldGenerationSizeMb: 64 } });
    thread.once('message', resolve).once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread that makes pictures ended with code ${code}`))); // after a message this says nothing
  });
}
