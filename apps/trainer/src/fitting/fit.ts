import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { EarshotError, type ErrorCode, type FitPoint, type Fitted, type fitModel } from '@earshot/contracts';
import type { TaskContext } from '@earshot/queue';
import type { FitProgress, FitTask, Sandbox } from '@earshot/sandbox';
import type { BlobStore } from '@earshot/storage';

type Context = Pick<
  TaskContext<typeof fitModel>,
  'workspaceId' | 'resumeFrom' | 'checkpoint' | 'checkpointSoon' | 'progress' | 'stopAsked' | 'signal'
>;

export interface FitOptions {
  context: Context;
  sandbox: Sandbox;
  store: BlobStore;
  task: FitTask;
  checkpointSeconds: number;
  timeBudgetSeconds: number | null;
}

type Ended = Pick<Fitted, 'artifact' | 'epochs' | 'end' | 'seconds'>;

/** How long a slice is: after each it is asked whether to end, and a child that was killed costs no more than the slices since the last state. */
const sliceMs = 2_000;

/** Without an epoch that ends, progress is told so often. */
const quietMs = 10_000;

/** So many deaths of the child without a state between them are survived; the next one fails the task. */
const mostDeaths = 3;
const deaths: readonly ErrorCode[] = ['SANDBOX_CRASHED', 'AUDIO_TOO_SLOW'];

/** A training in slices: where it stands is here and in checkpoints, its memory is the child's. */
export class Fit {
  private step: number;
  private point: FitPoint;
  /** The last state, for a child that has to begin anew. */
  private saved: { path: string; step: number } | null = null;
  private savedAtMs = performance.now();
  private toldAtMs = performance.now();
  private readonly startedAtMs = performance.now();

  constructor(private readonly options: FitOptions) {
    const { resumeFrom } = options.context;
    this.step = resumeFrom?.step ?? 0;
    this.point = resumeFrom?.document ?? { state: null, artifact: null, end: null, epochs: [], seconds: 0, backend: options.task.backend };
  }

  async run(): Promise<Ended> {
    const known = this.ended();
    if (known !== null) return known;
    await this.fetchState();
    const epochs = [...this.point.epochs];
    for (let died = 0; ; ) {
      const end = await this.reasonToEnd();
      try {
        const slice = await this.slice(end !== null && epochs.length > 0); // before, there is no model to keep
        this.step = slice.step;
        epochs.push(...slice.figures);
        await this.tell(slice);
        if (slice.artifact !== null) return await this.finish(slice.artifact, epochs, endOf(slice) ?? end ?? 'stopped');
        if (slice.state === null) continue;
        await this.save(slice, slice.state, [...epochs]);
        died = 0;
      } catch (error) {
        if (!isDeath(error) || ++died > mostDeaths) throw error;
        epochs.splice(0, epochs.length, ...this.point.epochs); // the next child goes on from the last state
        this.step = this.saved?.step ?? 0;
      }
    }
  }

  private slice(finish: boolean): Promise<FitProgress> {
    const { context, sandbox, task, checkpointSeconds } = this.options;
    const save = context.checkpointSoon.aborted || performance.now() - this.savedAtMs >= checkpointSeconds * 1_000;
    const input = { ...task, step: this.step, savedPath: this.saved?.path ?? null, sliceMs, save, finish };
    return sandbox.run('fit', input, { signal: context.signal });
  }

  private async reasonToEnd(): Promise<Fitted['end'] | null> {
    const { context, timeBudgetSeconds } = this.options;
    if (timeBudgetSeconds !== null && this.seconds >= timeBudgetSeconds) return 'time budget';
    return (await context.stopAsked()) ? 'stopped' : null;
  }

  /** Of training, over all attempts. */
  private get seconds(): number {
    const before = this.options.context.resumeFrom?.document.seconds ?? 0;
    return before + (performance.now() - this.startedAtMs) / 1_000;
  }

  private async tell({ step, steps, epochs, figures }: FitProgress): Promise<void> {
    const { progress } = this.options.context;
    for (const { epoch, ...measured } of figures) {
      const ofEpoch = { epoch: epoch + 1, epochs, ...measured };
      await progress({ step: Math.round(((epoch + 1) / epochs) * steps), of: steps, figures: ofEpoch });
    }
    const now = performance.now();
    if (figures.length === 0 && now - this.toldAtMs > quietMs) await progress({ step, of: steps, figures: {} });
    if (figures.length > 0 || now - this.toldAtMs > quietMs) this.toldAtMs = now;
  }

  private async save({ step }: FitProgress, bytes: Uint8Array, epochs: FitPoint['epochs']): Promise<void> {
    const { context, store, task } = this.options;
    const path = join(task.folder, `state-${step}`);
    const [state] = await Promise.all([store.put(context.workspaceId, bytes), writeFile(path, bytes)]);
    this.point = { state, artifact: null, end: null, epochs, seconds: this.seconds, backend: task.backend };
    await context.checkpoint({ step, document: this.point, blobs: [state] });
    if (this.saved !== null) await rm(this.saved.path, { force: true });
    this.saved = { path, step };
    this.savedAtMs = performance.now();
  }

  /** A last checkpoint holds the artifact until the run has ended. */
  private async finish(bytes: Uint8Array, epochs: FitPoint['epochs'], end: Fitted['end']): Promise<Ended> {
    const { context, store, task } = this.options;
    const artifact = await store.put(context.workspaceId, bytes);
    const { seconds } = this;
    const document = { state: null, artifact, end, epochs, seconds, backend: task.backend };
    await context.checkpoint({ step: this.step + 1, document, blobs: [artifact] });
    return { artifact, epochs, end, seconds };
  }

  /** An earlier attempt came to the end, and died before it could say so. */
  private ended(): Ended | null {
    const { artifact, end, epochs, seconds } = this.point;
    return artifact === null || end === null ? null : { artifact, end, epochs, seconds };
  }

  /** The state of an earlier attempt, where the child can read it. */
  private async fetchState(): Promise<void> {
    const { context, store, task } = this.options;
    if (this.point.state === null) return;
    const path = join(task.folder, `state-${this.step}`);
    await writeFile(path, await buffer(await store.read({ workspaceId: context.workspaceId, sha256: this.point.state.sha256 })));
    this.saved = { path, step: this.step };
  }
}

function endOf({ isOver, epoch, epochs }: FitProgress): Fitted['end'] | null {
  if (!isOver) return null;
  return epoch < epochs ? 'early stopping' : 'epochs';
}

function isDeath(error: unknown): boolean {
  return error instanceof EarshotError && deaths.includes(error.code);
}
