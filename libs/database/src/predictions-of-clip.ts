// What was predicted about a clip, newest first: the index of the items by their clips has them in that order.
import type { ItemState } from '@earshot/contracts';
import { type Database, hot } from './database.js';
import type { Failure } from './failure.js';
import type { ChosenVersion } from './models/choose-version.js';
import { sql } from './sql.js';

/** An item of a job. */
export interface PredictionPlace {
  jobId: string;
  index: number;
}

export interface PredictionRow extends PredictionPlace {
  createdAt: Date;
  /** When its job ended. */
  finishedAt: Date | null;
  /** The job that its job tries again. */
  retryOf: string | null;
  state: ItemState;
  model: ChosenVersion;
  /** Of the windows that were asked for; null: the clip was scored as a whole. */
  windowSeconds: number | null;
  result: { label: string; confidence: number; isUnknown: boolean; threshold: number } | null;
  error: Failure | null;
}

export interface PredictionPage {
  rows: PredictionRow[];
  /** Before which item to go on; null when there are no more. */
  next: PredictionPlace | null;
}

/** `found` is how many there are for its page: with large results it ends before. A row without is there for where the look ended alone. */
export type LookedRow = ((PredictionRow & { found: number }) | { found: null }) & { lookEnd: PredictionPlace | null };

/** Items of a clip that are looked through for one page. */
const itemsPerLook = 5_000;

/** With large results a page may hold fewer than `limit`; where very much other work was done over the clip even none, and yet go on. */
export async function predictionsOfClip(
  database: Database,
  { workspaceId, clipId, before, limit }: { workspaceId: string; clipId: string; before: PredictionPlace | null; limit: number },
): Promise<PredictionPage> {
  const { jobId, index } = before ?? afterAll;
  const looked = await database.run<LookedRow>(statement, [workspaceId, clipId, jobId, index, limit + 1, itemsPerLook]);
  const found = looked.flatMap((row) => (row.found === null ? [] : [row]));
  const rows = found.slice(0, limit).map(({ found: _, lookEnd: __, ...row }) => row);
  const isWhole = rows.length === (found[0]?.found ?? 0);
  return { rows, next: (isWhole ? looked[0]?.lookEnd : rows.at(-1)) ?? null };
}

const afterAll: PredictionPlace = { jobId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', index: 0 };

const statement = hot(sql('predictions-of-clip'));
