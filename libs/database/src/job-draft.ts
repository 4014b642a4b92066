import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database } from './database.js';
import { sql } from './sql.js';

/** How long a draft may stand still; a client that sends slowly brings a page every half minute at least. */
const standstillSeconds = 600;

/**
 * A large job on its way: its items are written page by page, each in a transaction of its own, so that nobody holds one for as long as a client
 * sends. The job itself is listed last; until then nobody finds any of it, and the retention removes what never came to be whole.
 */
export class JobDraft {
  /** Items so far: the index of the next one. */
  total = 0;
  private isBegun = false;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
    private readonly jobId: string,
  ) {}

  /** Writes a page; `write` returns how many items it had. */
  async page(write: (client: pg.ClientBase) => Promise<number>): Promise<void> {
    this.total += await this.database.transaction(async (client) => {
      if (this.isBegun) await this.hold(client);
      else await this.database.run(beginDraftStatement, [this.jobId, this.workspaceId, standstillSeconds], client);
      return write(client);
    });
    this.isBegun = true;
  }

  /** In the transaction that lists the job. */
  async end(client: pg.ClientBase): Promise<void> {
    if (this.isBegun) refuseUnlessWhole(await this.database.run(endDraftStatement, [this.jobId, this.total], client));
  }

  /** When the job does not come to be. */
  async discard(): Promise<void> {
    if (this.isBegun) await this.database.run(discardDraftStatement, [this.jobId]);
  }

  private async hold(client: pg.ClientBase): Promise<void> {
    refuseUnlessWhole(await this.database.run(holdDraftStatement, [this.jobId, standstillSeconds, this.total], client));
  }
}

function refuseUnlessWhole([draft]: { isWhole: boolean }[]): void {
  if (draft === undefined)
    throw new EarshotError('INTERNAL', `The request stood still for ${standstillSeconds} s, and its items were removed`);
  if (!draft.isWhole) throw new EarshotError('DATABASE_UNAVAILABLE', 'The database was restarted and has lost items of this request');
}

const beginDraftStatement = sql('begin-draft');
const holdDraftStatement = sql('hold-draft');
const endDraftStatement = sql('end-draft');
const discardDraftStatement = sql('discard-draft');
