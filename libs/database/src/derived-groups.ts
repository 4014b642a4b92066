import { type Database, hot } from './database.js';
import type { Derived, NewPack } from './derived.js';
import type { Grouped } from './grouped.js';
import { sql } from './sql.js';

interface Wanted {
  workspaceId: string;
  sha256s: readonly string[];
  recipes: readonly string[];
}

interface Kept {
  workspaceId: string;
  results: readonly Derived[];
  packs: readonly NewPack[];
}

interface DerivedRow {
  n: number;
  sha256: string;
  recipe: string;
  shape: number[];
  facts: object;
  bytes: Uint8Array | null;
  packSha256: string | null;
  packStart: number | null;
  packBytes: number | null;
}

const groups = new WeakMap<Database, DerivedGroups>();

/** Tasks that begin and end together look for results, and keep theirs, in one statement. */
export class DerivedGroups {
  private readonly finding: Grouped<Wanted, Derived[]>;
  private readonly keeping: Grouped<Kept, undefined>;

  private constructor(private readonly database: Database) {
    this.finding = database.grouped((wanted) => this.findAll(wanted));
    this.keeping = database.grouped((kept) => this.keepAll(kept));
  }

  /** Those of a process, whoever asks. */
  static of(database: Database): DerivedGroups {
    const known = groups.get(database) ?? new DerivedGroups(database);
    groups.set(database, known);
    return known;
  }

  find(wanted: Wanted): Promise<Derived[]> {
    return this.finding.submit(wanted);
  }

  keep(kept: Kept): Promise<void> {
    return this.keeping.submit(kept);
  }

  private async findAll(wanted: Wanted[]): Promise<Derived[][]> {
    const keys = wanted.flatMap(({ workspaceId, sha256s, recipes }, n) =>
      [...new Set(sha256s)].flatMap((sha256) => [...new Set(recipes)].map((recipe) => ({ n, workspaceId, sha256, recipe }))),
    );
    const rows = await this.database.run<DerivedRow>(findStatement, [
      keys.map(({ n }) => n),
      keys.map(({ workspaceId }) => workspaceId),
      keys.map(({ sha256 }) => sha256),
      keys.map(({ recipe }) => recipe),
    ]);
    const found = wanted.map((): Derived[] => []);
    for (const row of rows) found[row.n]?.push(derivedOf(row));
    return found;
  }

  private async keepAll(kept: Kept[]): Promise<undefined[]> {
    const results = kept.flatMap(({ workspaceId, results: ofOne }) => ofOne.map((result) => rowOf(workspaceId, result)));
    const packs = kept.flatMap(({ workspaceId: workspace, packs: ofOne }) => ofOne.map((pack) => ({ workspace, ...pack })));
    await this.database.run(keepStatement, [JSON.stringify(results), JSON.stringify(packs)]);
    return kept.map(() => undefined);
  }
}

function derivedOf({ sha256, recipe, shape, facts, bytes, packSha256, packStart, packBytes }: DerivedRow): Derived {
  const place = bytes !== null ? { bytes } : { pack: packSha256 ?? '', start: packStart ?? 0, length: packBytes ?? 0 };
  return { sha256, recipe, shape, facts, place };
}

function rowOf(workspace: string, { sha256, recipe, shape, facts, place }: Derived) {
  return {
    workspace,
    sha256,
    recipe,
    shape: `{${shape.join(',')}}`,
    facts,
    bytes: 'bytes' in place ? Buffer.from(place.bytes).toString('base64') : null,
    pack: 'pack' in place ? place.pack : null,
    start: 'pack' in place ? place.start : null,
    length: 'pack' in place ? place.length : null,
  };
}

const findStatement = hot(sql('find-derived'));
const keepStatement = hot(sql('keep-derived'));
