import type { Database, Statement } from './database.js';

/** When chores that one process does for all of them are due: as rows, so that neither a restart nor a further gateway does them again. */
export class ChoreRepository {
  constructor(private readonly database: Database) {}

  /** True for one caller each time the chore is due; then it is due again after the pause. */
  async takeTurn(name: string, pauseSeconds: number): Promise<boolean> {
    return (await this.database.run(takeTurnStatement, [name, pauseSeconds])).length === 1;
  }

  /** Gives the turn back, for the chore could not be done: it is due again after a shorter pause. */
  async tryAgain(name: string, pauseSeconds: number): Promise<void> {
    await this.database.run(tryAgainStatement, [name, pauseSeconds]);
  }
}

const takeTurnStatement: Statement = {
  name: 'take-turn',
  text: `
insert into chore as c (name, due_at) values ($1, now() + $2 * interval '1 s')
on conflict (name) do update set due_at = excluded.due_at where c.due_at <= now() returning 1`,
};

const tryAgainStatement: Statement = {
  name: 'try-again',
  text: `update chore set due_at = least(due_at, now() + $2 * interval '1 s') where name = $1`,
};
