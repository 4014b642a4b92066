import { EarshotError, type EntriesChanged } from '@earshot/contracts';
import type { Change, Put } from '@earshot/database';

const linesPerPage = 5_000;

/** Puts lines page by page as they come, so that a slow client holds no transaction. An error says how many lines are in (`applied`). */
export async function entriesOfLines(lines: AsyncIterable<Change>, put: (page: Change[]) => Promise<Put>): Promise<EntriesChanged> {
  const total = { added: 0, changed: 0 };
  let applied = 0;
  let page: Change[] = [];
  const flush = async () => {
    const { added, changed } = await put(page);
    total.added += added;
    total.changed += changed;
    applied += page.length;
    page = [];
  };
  try {
    for await (const line of lines) {
      page.push(line);
      if (page.length === linesPerPage) await flush();
    }
    if (page.length > 0) await flush();
    return total;
  } catch (error) {
    throw withApplied(error, applied);
  }
}

/** The error of a page, which says how many lines before it are in. */
export function withApplied(error: unknown, applied: number): unknown {
  if (!(error instanceof EarshotError) || applied === 0) return error;
  const { code, detail, members, faults } = error;
  return new EarshotError(code, `${detail}; the first ${applied} lines are in`, {
    members: { ...members, applied },
    faults,
    cause: error,
  });
}
