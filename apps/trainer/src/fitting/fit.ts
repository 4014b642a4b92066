import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { EarshotError, type ErrorCode, type FitPart, type FitPoint, type Fitted, type fitModel } from '@earshot/contracts';
import type { TaskContext } from '@earshot/queue';
import type { FitProgress, FitTask, Log, Sandbox } from '@earshot/sandbox';
import type { BlobStore } from '@earshot/storage';
import { partsWith } from './fit-parts.js';

type Context = Pick<
  TaskContext<typeof fitModel>,
  'workspaceId' | 'resumeFrom' | 'checkpoint' | 'checkpointSoon' | 'progress' | 'stopAsked' | 'signal'
>;

export interface FitOptions {
  context: Context;
  sandbox: Sandbox;
  store: BlobStore;
  task: FitTask;
  /** What this process computes by. */
  part: FitPart;
  log: Pick<Log, 'warn'>;
  checkpointSeconds: number;
  timeBudgetSeconds: number | null;
}

type Ended = Pick<Fitted, 'artifact' | 'epochs' | 'end' | 'seconds' | 'by' | 'begunAnew'>;

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
  /** All who computed what it is now. */
  private by: FitPart[];
  /** The last state, for a child that has to begin anew. */
  private saved: { path: string; step: number } | null = null;
  /** Whether the last state is of an earlier attempt, and no child has gone on from it yet. */
  private isUntried = false;
  private savedAtMs = performance.now();
  private toldAtMs = performance.now();
  private readonly startedAtMs = performance.now();

  constructor(private readonly options: FitOptions) {
    const { part, task } = options;
    const { resumeFrom } = options.context;
    const { backend } = task;
    const kept = { state: null, artifact: null, end: null, epochs: [], seconds: 0, backend, by: [part], stepsBefore: 0, begunAnew: [] };
    this.point = resumeFrom?.document ?? kept;
    this.step = (resumeFrom?.step ?? 0) - this.point.stepsBefore;
    this.by = partsWith(part, resumeFrom?.document ?? null);
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
        this.isUntried = false;
        epochs.push(...slice.figures);
        await this.tell(slice);
        if (slice.artifact !== null) return await this.finish(slice.artifact, epochs, endOf(slice) ?? end ?? 'stopped');
        if (slice.state === null) continue;
        await this.save(slice, slice.state, [...epochs]);
        died = 0;
      } catch (error) {
        if (this.isUntried && isUnreadable(error)) {
          await this.beginAnew(error);
          epochs.length = 0;
          continue;
        }
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
    this.point = { ...this.point, state, epochs, seconds: this.seconds, backend: task.backend, by: this.by };
    await context.checkpoint({ step: this.point.stepsBefore + step, document: this.point, blobs: [state] });
    if (this.saved !== null) await rm(this.saved.path, { force: true });
    this.saved = { path, step };
    this.savedAtMs = performance.now();
  }

  /** A last checkpoint holds the artifact until the run has ended. */
  private async finish(bytes: Uint8Array, epochs: FitPoint['epochs'], end: Fitted['end']): Promise<Ended> {
    const { context, store, task } = this.options;
    const artifact = await store.put(context.workspaceId, bytes);
    const { seconds, by } = this;
    const { stepsBefore, begunAnew } = this.point;
    const document = { ...this.point, state: null, artifact, end, epochs, seconds, backend: task.backend, by };
    await context.checkpoint({ step: stepsBefore + this.step + 1, document, blobs: [artifact] });
    return { artifact, epochs, end, seconds, by, begunAnew };
  }

  /** The state is of a version that keeps another one, or was begun with what this one does not have: what it has cost is told, and spent. */
  private async beginAnew({ detail }: EarshotError): Promise<void> {
    const { log, part } = this.options;
    const { step, point, saved } = this;
    log.warn({ step, epochs: point.epochs.length, detail }, 'The state of a training cannot be gone on from here; it begins anew');
    const stepsBefore = point.stepsBefore + step;
    this.point = { ...point, state: null, epochs: [], stepsBefore, begunAnew: [...point.begunAnew, { steps: step, why: detail }] };
    this.by = [part];
    this.step = 0;
    this.isUntried = false;
    this.saved = null;
    if (saved !== null) await rm(saved.path, { force: true });
  }

  /** An earlier attempt came to the end, and died before it could say so. */
  private ended(): Ended | null {
    const { artifact, end, epochs, seconds, by, begunAnew } = this.point;
    return artifact === null || end === null ? null : { artifact, end, epochs, seconds, by, begunAnew };
  }

  /** The state of an earlier attempt, where the child can read it. */
  private async fetchState(): Promise<void> {
    const { context, store, task } = this.options;
    if (this.point.state === null) return;
    const path = join(task.folder, `state-${this.step}`);
    await writeFile(path, await buffer(await store.read({ workspaceId: context.workspaceId, sha256: this.point.state.sha256 })));
    this.saved = { path, step: this.step };
    this.isUntried = true;
  }
}

function endOf({ isOver, epoch, epochs }: FitProgress): Fitted['end'] | null {
  if (!isOver) return null;
  return epoch < epochs ? 'early stopping' : 'epochs';
}

function isUnreadable(error: unknown): error is EarshotError {
  return error instanceof EarshotError && error.code === 'MODEL_INVALID';
}

function isDeath(error: unknown): boolean {
  return error instanceof EarshotError && deaths.includes(error.code);
}
