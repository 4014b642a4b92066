import { type Database, IndexUpkeep, type IndexVersionRow } from '@earshot/database';
import { type EngineLog, Repeated } from '@earshot/queue';
import type { VectorStore } from '@earshot/vectors';
import { type CollectionKeeper, leftOver } from '../collections/collection-keeper.js';
import { LibraryAlignment } from './library-alignment.js';

const pauseMs = 500;
const tidyMs = 10_000;

/** How long one round works; what is left is gone on with in the next, for which any indexer may have the turn. */
const roundMs = 8_000;

/** How much of a round goes into comparing the library with what was told of it, while that is not done. */
const alignMs = 2_000;

/** How much of a round goes into measuring crowding again: less than a third of the time, so that searches do not wait for it. */
const crowdingMs = 200;

/** The same trouble is told once in this time. */
const tellMs = 60_000;

/**
 * What one indexer at a time does for all: brings changes of samples into the collections that are asked, repairs these, and removes those
 * that nobody asks any more.
 */
export class IndexUpkeeper {
  private readonly rounds = new Repeated(
    () => this.round(),
    pauseMs,
    (error) => this.tell(error),
  );
  private readonly alignment: LibraryAlignment;
  private tidiedMs = 0;
  private toldMs = 0;
  /** Where the last round ended, so that no version waits for another for ever. */
  private turn = 0;

  constructor(
    private readonly database: Database,
    private readonly keeper: CollectionKeeper,
    private readonly vectors: VectorStore,
    private readonly log: Pick<EngineLog, 'info' | 'warn'>,
  ) {
    this.alignment = new LibraryAlignment(database);
  }

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  private async round(): Promise<void> {
    const upkeep = new IndexUpkeep(this.database);
    await upkeep.asLeader(async () => {
      const versions = await upkeep.list();
      await this.alignment.goOn(versions, Date.now() + alignMs);
      await this.follow(versions);
      if (Date.now() - this.tidiedMs < tidyMs) return;
      await this.tidy(upkeep);
      this.tidiedMs = Date.now();
    });
  }

  private async follow(versions: readonly IndexVersionRow[]): Promise<void> {
    const untilMs = Date.now() + roundMs;
    const live = versions.filter(({ state }) => state === 'live');
    for (let i = 0; i < live.length && Date.now() < untilMs; i++) {
      const version = live[(this.turn + i) % live.length];
      if (version === undefined) return;
      try {
        const { isDone, written } = await this.keeper.keep(version, { untilMs });
        if (isDone && written === 0) await this.keeper.crowding.measureAgain(version, Date.now() + crowdingMs);
      } catch (error) {
        this.tell(error, version); // the others may be well
      }
    }
    this.turn += 1;
  }

  /**
   * A version that has just been retired keeps its collection for a round, for searches that found it a moment ago. Collections are listed
   * before the versions that name them: one that is made meanwhile is not among them.
   */
  private async tidy(upkeep: IndexUpkeep): Promise<void> {
    const names = await this.vectors.names();
    const versions = await upkeep.list();
    for (const version of versions) {
      if (version.state === 'retired') {
        await this.keeper.remove(version);
        await upkeep.forget(version.id);
      } else if (version.abandoned) {
        await upkeep.retire(version);
      }
    }
    const named = names.filter((name) => versions.some(({ collection }) => name.startsWith(collection))); // by an earlier release otherwise
    for (const name of leftOver([...new Set([...(await upkeep.ours(names)), ...named])], versions)) {
      this.log.info({ collection: name }, 'removing a collection that nobody will ask');
      await this.vectors.remove(name);
    }
  }

  private tell(error: unknown, version?: IndexVersionRow): void {
    if (Date.now() - this.toldMs < tellMs) return;
    this.toldMs = Date.now();
    this.log.warn({ error, indexVersion: version?.id }, 'The index of the library cannot be kept up to date; it is tried again');
  }
}
