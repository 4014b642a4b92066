// The statements of the hot path stand in files of their own, sql/NAME.sql, read once when their module is loaded. What several of them
// have in common stands once, in sql/parts: the line `-- include PART` stands for it.
import { readFileSync } from 'node:fs';
import type { Statement } from './database.js';

/** The statement in `sql/NAME.sql`. */
export function sql(name: string): Statement {
  return { name, text: textOf(name) };
}

function textOf(path: string): string {
  const text = readFileSync(new URL(`./sql/${path}.sql`, import.meta.url), 'utf8');
  return text.replace(/^-- include ([\w-]+)\n/gm, (_, part: string) => textOf(`parts/${part}`));
}
