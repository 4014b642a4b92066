import { setTimeout as sleep } from 'node:timers/promises';
import type { LibraryStack } from '../../library/library-stack.js';
import { noiseWav } from '../../stack/noise-wav.js';

const pauseMs = 100;

/** Requests that go on whatever happens: searches, and what has nothing to do with the index. */
export class Load {
  readonly asked = { search: 0, other: 0 };
  readonly failures = { search: 0, other: 0 };
  lastFailure = '';
  private isEnding = false;
  private loops: Promise<void>[] = [];

  constructor(
    private readonly stack: LibraryStack,
    private readonly ids: readonly string[],
  ) {}

  start(): void {
    this.loops = [
      this.repeat('search', (i) => this.stack.similar(this.ids[i % this.ids.length] ?? '')),
      this.repeat('other', () => this.stack.ask('/api/v1/jobs')),
      this.repeat('other', () => this.stack.indexes()),
      this.repeat('other', (i) => this.describe(i)),
    ];
  }

  async stop(): Promise<void> {
    this.isEnding = true;
    await Promise.all(this.loops);
  }

  private async repeat(kind: 'search' | 'other', ask: (i: number) => Promise<unknown>): Promise<void> {
    for (let i = 0; !this.isEnding; i++) {
      this.asked[kind] += 1;
      await ask(i).catch((error: Error) => {
        this.failures[kind] += 1;
        if (kind === 'other') this.lastFailure = error.message;
      });
      await sleep(pauseMs);
    }
  }

  private describe(number: number): Promise<unknown> {
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(noiseWav(number, 0.2))]), `${number}.wav`);
    return this.stack.ask('/api/v1/descriptions', { method: 'POST', headers: { Prefer: 'wait=30' }, body: form });
  }
}
