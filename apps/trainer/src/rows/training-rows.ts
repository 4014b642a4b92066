import { EarshotError, type fitModel } from '@earshot/contracts';
import { type Database, type Derived, DerivedRepository, type ReadItem } from '@earshot/database';
import type { TaskContext } from '@earshot/queue';
import { type RowNote, RowsWriter } from '@earshot/sandbox';
import { type BlobStore, readPlace } from '@earshot/storage';
import type { DatasetColumns } from './dataset-columns.js';

/** One clip, what it is to be in the training, and under which recipes the vectors of it and of its copies are kept. */
export interface ClipRows {
  item: ReadItem;
  note: RowNote;
  recipes: readonly string[];
}

export interface WrittenRows {
  training: number;
  validation: number;
  test: number;
}

const countOf = { t: 'training', v: 'validation', e: 'test' } as const;

/** That rows are still being written: a million of them take longer than a task may be silent. */
export function tellOfRows({ progress }: Pick<TaskContext<typeof fitModel>, 'progress'>, { labelOf }: Pick<DatasetColumns, 'labelOf'>) {
  return (clips: number) => progress({ step: clips, of: labelOf.length, figures: {} });
}

/** Puts the vectors that were computed for clips into files that a training reads: streamed, so that memory does not grow with them. */
export class TrainingRows {
  constructor(
    private readonly database: Database,
    private readonly store: BlobStore,
  ) {}

  async write(
    folder: string,
    labels: readonly string[],
    workspaceId: string,
    pages: AsyncIterable<readonly ClipRows[]>,
    /** Called between pages, with how many clips are written. */
    tell: (clips: number) => Promise<void>,
  ): Promise<WrittenRows> {
    const derived = new DerivedRepository(this.database, workspaceId);
    const writer = await RowsWriter.open(folder);
    const written = { training: 0, validation: 0, test: 0 };
    let clipsWritten = 0;
    try {
      for await (const clips of pages) {
        if (clipsWritten > 0) await tell(clipsWritten);
        clipsWritten += clips.length;
        const kept = new Map((await this.find(derived, clips)).map((result) => [`${result.sha256} ${result.recipe}`, result]));
        for (const { item, note, recipes } of clips) {
          for (const recipe of recipes) {
            const result = kept.get(`${item.sha256} ${recipe}`);
            if (result === undefined)
              throw new EarshotError('BLOB_LOST', `The vector of clip ${item.clipId} is gone; ask for the run again`);
            await writer.add(await readPlace(this.store, workspaceId, result.place), result.shape, note);
            written[countOf[note.part]] += 1;
          }
        }
      }
      await writer.end(labels);
      return written;
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }

  private find(derived: DerivedRepository, clips: readonly ClipRows[]): Promise<Derived[]> {
    const hashes = new Set(clips.flatMap(({ item }) => item.sha256 ?? []));
    return derived.find([...hashes], [...new Set(clips.flatMap(({ recipes }) => recipes))]);
  }
}
