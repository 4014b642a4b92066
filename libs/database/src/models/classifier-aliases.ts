import { classifierScope, EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database, Statement } from '../database.js';
import { lockClassifier, versionId } from './lock-classifier.js';
import { moveAliasStatement } from './move-alias.js';

export interface ClassifierAliasRow {
  name: string;
  modelVersionId: string;
  /** Of the model version. */
  number: number;
  /** How often the alias has been moved. */
  version: number;
  movedAt: Date;
}

/** What whoever moves an alias believes of it: how often it has been moved (0: there is none), or nothing. */
export type ExpectedMoves = number | 'whatever';

/** The names that point at versions of the classifiers of one workspace: what a user moves. Runs move them by the effect `alias.move`. */
export class ClassifierAliases {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  list(classifier: string): Promise<ClassifierAliasRow[]> {
    return this.database.run<ClassifierAliasRow>(listStatement, [this.workspaceId, classifierScope(classifier), null]);
  }

  find(classifier: string, name: string): Promise<ClassifierAliasRow | null> {
    return this.findBy(classifier, name);
  }

  /** Throws ALIAS_NOT_FOUND. */
  async get(classifier: string, name: string): Promise<ClassifierAliasRow> {
    const row = await this.findBy(classifier, name);
    if (row === null) throw notFound(classifier, name);
    return row;
  }

  /** Points the alias at that version. Throws PRECONDITION_FAILED when it has been moved otherwise than is expected. */
  move(classifier: string, name: string, number: number, expected: ExpectedMoves): Promise<ClassifierAliasRow> {
    return this.moving(classifier, name, expected, (client) => versionId(this.database, client, this.workspaceId, { classifier, number }));
  }

  /** Points the alias at the version it pointed at before, of those that are still there. Once more undoes that. */
  rollBack(classifier: string, name: string, expected: ExpectedMoves): Promise<ClassifierAliasRow> {
    return this.moving(classifier, name, expected, async (client) => {
      const values = [this.workspaceId, classifierScope(classifier), name, classifier];
      const [former] = await this.database.run<{ id: string }>(formerStatement, values, client);
      if (former !== undefined) return former.id;
      if ((await this.findBy(classifier, name, client)) === null) throw notFound(classifier, name);
      throw new EarshotError('NOTHING_TO_ROLL_BACK', `${name} of ${classifier} has pointed at no other version that is still there`);
    });
  }

  /** Takes the alias away. One to which traffic goes stays: then it throws MODEL_IN_USE. */
  async remove(classifier: string, name: string, expected: ExpectedMoves): Promise<void> {
    await this.database.transaction(async (client) => {
      await lockClassifier(this.database, client, this.workspaceId, classifier);
      const row = await this.findBy(classifier, name, client);
      if (row === null) throw notFound(classifier, name);
      checkExpected(row, name, expected);
      const values = [this.workspaceId, classifier, name, classifierScope(classifier)];
      if ((await this.database.run(removeStatement, values, client)).length === 0)
        throw new EarshotError('MODEL_IN_USE', `Traffic of ${classifier} goes to ${name}; change that first`);
    });
  }

  private moving(
    classifier: string,
    name: string,
    expected: ExpectedMoves,
    targetOf: (client: pg.ClientBase) => Promise<string>,
  ): Promise<ClassifierAliasRow> {
    return this.database.transaction(async (client) => {
      await lockClassifier(this.database, client, this.workspaceId, classifier);
      const target = await targetOf(client);
      const current = await this.findBy(classifier, name, client);
      checkExpected(current, name, expected);
      const values = [this.workspaceId, classifierScope(classifier), name, target, current?.version ?? 0];
      const moved = await this.database.run(moveAliasStatement, values, client);
      const row = await this.findBy(classifier, name, client);
      if (moved.length === 0 || row === null) throw new EarshotError('PRECONDITION_FAILED', `${name} has been moved by somebody else`);
      return row;
    });
  }

  private async findBy(classifier: string, name: string, client?: pg.ClientBase): Promise<ClassifierAliasRow | null> {
    const rows = await this.database.run<ClassifierAliasRow>(listStatement, [this.workspaceId, classifierScope(classifier), name], client);
    return rows[0] ?? null;
  }
}

function checkExpected(row: ClassifierAliasRow | null, name: string, expected: ExpectedMoves): void {
  const version = row?.version ?? 0;
  if (expected !== 'whatever' && expected !== version)
    throw new EarshotError('PRECONDITION_FAILED', `${name} has been moved ${version} times, not ${expected}`);
}

function notFound(classifier: string, name: string): EarshotError {
  return new EarshotError('ALIAS_NOT_FOUND', `${classifier} has no alias ${name}`);
}

const listStatement: Statement = {
  name: 'classifier-aliases',
  text: `
select a.name, v.id as "modelVersionId", v.number, a.version, a.moved_at as "movedAt"
from alias a join model_version v on v.id::text = a.target and v.workspace_id = a.workspace_id
where a.workspace_id = $1 and a.scope = $2 and ($3::text is null or a.name = $3) order by a.name`,
};

const formerStatement: Statement = {
  name: 'former-alias-target',
  text: `
select v.id from alias a
join alias_move m on m.workspace_id = a.workspace_id and m.scope = a.scope and m.name = a.name and m.version < a.version
  and m.target <> a.target
join model_version v on v.id::text = m.target and v.workspace_id = a.workspace_id and v.classifier = $4
where a.workspace_id = $1 and a.scope = $2 and a.name = $3 order by m.version desc limit 1`,
};

const removeStatement: Statement = {
  name: 'remove-classifier-alias',
  text: `
delete from alias a using classifier c
where c.workspace_id = $1 and c.name = $2 and not c.traffic ? $3 and a.workspace_id = $1 and a.scope = $4 and a.name = $3
returning a.name`,
};
