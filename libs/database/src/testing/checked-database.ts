import type pg from 'pg';
import { Database, type Statement } from '../database.js';
import { rowShapes } from './row-shapes.js';

/** A database that holds the rows of each statement to their shape, for tests. */
export class CheckedDatabase extends Database {
  override async run<Row extends object>(statement: Statement, values: unknown[], client?: pg.ClientBase): Promise<Row[]> {
    const rows = await super.run<Row>(statement, values, client);
    const shape = rowShapes[statement.name];
    if (shape !== undefined) for (const row of rows) shape.parse(row);
    return rows;
  }
}
