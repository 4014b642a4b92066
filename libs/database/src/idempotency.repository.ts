import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database } from './database.js';
import type { KeyedAnswer } from './hot/accept.js';
import { sql } from './sql.js';

/** How long an answer can be asked for again. */
export const answersKeptHours = 24;

/** Whose key it is, and for what. */
export type KeyScope = Pick<KeyedAnswer, 'holder' | 'method' | 'path' | 'key'>;

export interface StoredAnswer {
  status: number;
  body: string;
  jobId: string | null;
}

/**
 * The answers to requests with an idempotency key. A key is written in the transaction of the work it stands for, so there
 * is never one without the other: of many equal requests at once all but one wait for that row and then find this answer.
 */
export class IdempotencyRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /** Whether there is an answer, whatever it was asked for with. */
  async has({ holder, method, path, key }: KeyScope): Promise<boolean> {
    const count = await this.database.prisma.idempotencyKey.count({ where: { workspaceId: this.workspaceId, holder, method, path, key } });
    return count === 1;
  }

  /** The answer that was stored under the key; null if there is none. Another request under the same key is refused. */
  async find({ holder, method, path, key }: KeyScope, fingerprint: string): Promise<StoredAnswer | null> {
    const row = await this.database.prisma.idempotencyKey.findUnique({
      where: { workspaceId_holder_method_path_key: { workspaceId: this.workspaceId, holder, method, path, key } },
    });
    if (row === null) return null;
    if (row.fingerprint !== fingerprint) {
      throw new EarshotError(
        'IDEMPOTENCY_MISMATCH',
        `The key was used at ${row.createdAt.toISOString()} for a request with another content`,
      );
    }
    return { status: row.status, body: row.body, jobId: row.jobId };
  }
}

/** Writes the key within the transaction of its work. False: another request has it, and the transaction has to be given up. */
export async function insertKey(database: Database, client: pg.ClientBase, workspaceId: string, answer: KeyedAnswer): Promise<boolean> {
  const { holder, method, path, key, fingerprint, status, body, jobId } = answer;
  const rows = await database.run(insertKeyStatement, [workspaceId, holder, method, path, key, fingerprint, status, body, jobId], client);
  return rows.length === 1;
}

const insertKeyStatement = sql('insert-key');
