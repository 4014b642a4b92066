// The statements of the hot path stand in files of their own, sql/NAME.sql, read once when their module is loaded. What several of them
// have in common stands once, in sql/parts: the line `-- include PART` stands for it; a comma after it is kept.
import { readFileSync } from 'node:fs';
import type { Statement } from './database.js';

/** The statement in `sql/NAME.sql`. */
export function sql(name: string): Statement {
  return { name, text: textOf(name) };
}

function textOf(path: string): string {
  const text = readFileSync(new URL(`./sql/${path}.sql`, import.meta.url), 'utf8');
  return text.replace(/^ *-- include ([\w-]+)(,?)$/gm, (_, part: string, comma: string) => `${textOf(`parts/${part}`).trimEnd()}${comma}`);
}
