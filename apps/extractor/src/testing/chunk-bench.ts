import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EarshotError, type ErrorCode, type Task, type TaskItemResult } from '@earshot/contracts';
import { Acceptor, type ClaimedItem, Database, type NewClip, type Workspace, Workspaces } from '@earshot/database';
import { startTestPostgres } from '@earshot/database/testing';
import type { TaskContext } from '@earshot/queue';
import { Sandbox } from '@earshot/sandbox';
import { FolderBlobStore } from '@earshot/storage';
import { ClipCalls } from '../clip-calls.js';
import { ClipFiles } from '../clip-files.js';

const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What a handler needs, all of it real. */
export interface HandlerParts {
  calls: ClipCalls;
  sandbox: Sandbox;
  database: Database;
  store: FolderBlobStore;
  workspace: Workspace;
}

export interface ChunkBench {
  /** A database and a blob folder of their own. */
  open(): Promise<HandlerParts & { close(): Promise<void> }>;
  stop(): Promise<void>;
}

export async function startChunkBench(): Promise<ChunkBench> {
  const postgres = await startTestPostgres();
  const sandbox = new Sandbox({ children: 2, log: silentLog });
  return {
    async open() {
      const folder = mkdtempSync(join(tmpdir(), 'chunk-bench-'));
      const store = new FolderBlobStore({ folder });
      const database = new Database({ url: await postgres.createDatabase(), applicationName: 'chunk-bench' });
      const workspace = await new Workspaces(database).named('default');
      return {
        calls: new ClipCalls(new ClipFiles(store), sandbox),
        sandbox,
        database,
        store,
        workspace,
        async close() {
          await store.close();
          await database.close();
          rmSync(folder, { recursive: true });
        },
      };
    },
    async stop() {
      await sandbox.close();
      await postgres.stop();
    },
  };
}

/** A stored spoken digit, as a WAV of 8 kHz, mono, 16 bits. */
export const digit = (name: string) => readFileSync(new URL(`../../../../samples/${name}.wav`, import.meta.url));

/** The items of a chunk over uploaded clips; of one that is `lost` the bytes are gone. */
export async function itemsOf({ store, database, workspace }: HandlerParts, ...contents: (Uint8Array | 'lost')[]): Promise<ClaimedItem[]> {
  const clips: NewClip[] = [];
  for (const [index, bytes] of contents.entries()) {
    const blob = bytes === 'lost' ? { sha256: 'f'.repeat(64), sizeBytes: 1 } : await store.put(workspace.id, bytes);
    clips.push({ id: randomUUID(), filename: `${index}.wav`, ...blob });
  }
  const request = { requestId: randomUUID(), workspaceId: workspace.id, createdAt: new Date(), clips, job: null, keyed: null };
  await new Acceptor(database).submit(request);
  return clips.map(({ id, ...clip }, index) => ({ index, customId: null, clipId: id, deleted: false, hasDerived: true, ...clip }));
}

/** What a handler made of a chunk: the results and the codes of its items, by index. */
export interface Chunk<T extends Task> {
  context: TaskContext<T>;
  abort: AbortController;
  results: Map<number, TaskItemResult<T>>;
  errors: Map<number, ErrorCode | 'uncoded'>;
}

/** The context in which a worker runs a handler, without its second tries; `onEnd` hears of each item that ended. */
export function chunkOf<T extends Task>(
  { workspace }: HandlerParts,
  items: ClaimedItem[],
  onEnd: (chunk: Chunk<T>) => void = () => undefined,
): Chunk<T> {
  const abort = new AbortController();
  const results = new Map<number, TaskItemResult<T>>();
  const errors = new Map<number, ErrorCode | 'uncoded'>();
  const item = async (index: number, work: () => Promise<TaskItemResult<T>>) => {
    try {
      results.set(index, await work());
    } catch (error) {
      if (!abort.signal.aborted) errors.set(index, error instanceof EarshotError ? error.code : 'uncoded');
    }
    onEnd(chunk);
  };
  const forLongTasks = () => {
    throw new Error('The handler of a chunk has no use for this');
  };
  const context = {
    taskId: 1,
    attempt: 1,
    ordinal: 0,
    jobId: 'job',
    workspaceId: workspace.id,
    items,
    item,
    signal: abort.signal,
    checkpointSoon: new AbortController().signal,
    resumeFrom: null,
    readItems: forLongTasks,
    outputs: forLongTasks,
    checkpoint: forLongTasks,
    progress: forLongTasks,
    stopAsked: forLongTasks,
    output: forLongTasks,
    effect: forLongTasks,
  };
  const chunk: Chunk<T> = { context, abort, results, errors };
  return chunk;
}
