import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const script = fileURLToPath(new URL('../../../libs/features/golden/librosa_peer.py', import.meta.url));
const timesAnswer = z.object({ ms: z.array(z.number()), processorMs: z.array(z.number()) });

/** Of each call. */
export type Times = z.output<typeof timesAnswer>;
const valuesAnswer = z.object({ values: z.string(), shape: z.array(z.number()), raises: z.string().nullable() });

/** The last two: nothing but the samples at that rate. */
export type PeerProfile = 'talent37' | 'electro45' | 'logmel128' | 'mfcc49x40' | 'samples22050' | 'samples16000';

export interface PeerValues {
  values: Float32Array;
  shape: number[];
  /** librosa's error, when it has no values for this clip. */
  raises: string | null;
}

/** A Python process with librosa that computes our profiles by librosa's own functions (libs/features/golden/librosa_peer.py). */
export class LibrosaPeer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'earshot-librosa-'));
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;

  constructor(python: string) {
    this.child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  async values(profile: PeerProfile, samples: Float32Array, sampleRate: number): Promise<PeerValues> {
    const { values, shape, raises } = valuesAnswer.parse(await this.ask(profile, samples, sampleRate, 0));
    const bytes = Uint8Array.from(Buffer.from(values, 'base64'));
    return { values: new Float32Array(bytes.buffer), shape, raises };
  }

  /** Of `repeat` runs after a warm-up, without the resampling. */
  async times(profile: PeerProfile, samples: Float32Array, sampleRate: number, repeat: number): Promise<Times> {
    return timesAnswer.parse(await this.ask(profile, samples, sampleRate, repeat));
  }

  close(): void {
    this.child.stdin.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ask(profile: PeerProfile, samples: Float32Array, sampleRate: number, repeat: number): Promise<unknown> {
    const file = join(this.folder, 'samples.f32');
    writeFileSync(file, new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    this.child.stdin.write(`${JSON.stringify({ profile, file, sampleRate, repeat })}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error('The librosa process ended: is this a Python with librosa 0.11?');
    return JSON.parse(value);
  }
}
