import { EarshotError } from '@earshot/contracts';
import type { Database, Statement } from '../database.js';
import { lockClassifier } from './lock-classifier.js';

export interface ClassifierRow {
  name: string;
  description: string;
  /** `{alias: percent}`; empty: all that name neither alias nor version go to `production`. */
  traffic: Record<string, number>;
  /** Counts its changes. */
  revision: number;
  /** Versions that there are. */
  versions: number;
  createdAt: Date;
  updatedAt: Date;
}

/** What a user may change of a classifier. */
export interface ClassifierChange {
  description?: string;
  traffic?: Record<string, number>;
}

/** The classifiers of one workspace. They are made with their first version. */
export class ClassifierRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /** By name, those after `after`. */
  page(after: string | null, limit: number): Promise<ClassifierRow[]> {
    return this.database.run<ClassifierRow>(pageStatement, [this.workspaceId, after ?? '', limit]);
  }

  async find(name: string): Promise<ClassifierRow | null> {
    return (await this.database.run<ClassifierRow>(findStatement, [this.workspaceId, name]))[0] ?? null;
  }

  /** Throws CLASSIFIER_NOT_FOUND. */
  async get(name: string): Promise<ClassifierRow> {
    const row = await this.find(name);
    if (row === null) throw new EarshotError('CLASSIFIER_NOT_FOUND', `There is no classifier ${name.slice(0, 100)}`);
    return row;
  }

  /** Throws PRECONDITION_FAILED when it was changed since the revision that is expected. An alias to which traffic goes must be there. */
  async change(name: string, { description, traffic }: ClassifierChange, expectedRevision: number | null): Promise<ClassifierRow> {
    await this.database.transaction(async (client) => {
      const { revision } = await lockClassifier(this.database, client, this.workspaceId, name);
      if (expectedRevision !== null && expectedRevision !== revision)
        throw new EarshotError('PRECONDITION_FAILED', `${name} is at revision ${revision}, not ${expectedRevision}`);
      const values = [this.workspaceId, name, description ?? null, traffic === undefined ? null : JSON.stringify(traffic)];
      await this.database.run(changeStatement, values, client);
      const missing = await this.database.run<{ alias: string }>(missingAliasesStatement, [this.workspaceId, name], client);
      if (missing.length > 0)
        throw new EarshotError(
          'ALIAS_NOT_FOUND',
          `${name} has no alias ${missing.map(({ alias }) => alias).join(', ')} for traffic to go to`,
        );
    });
    return this.get(name);
  }
}

const columns = `
c.name, c.description, c.traffic, c.revision, c.created_at as "createdAt", c.updated_at as "updatedAt",
(select count(*)::int from model_version v where v.workspace_id = c.workspace_id and v.classifier = c.name) as versions`;

const pageStatement: Statement = {
  name: 'page-of-classifiers',
  text: `select ${columns} from classifier c where c.workspace_id = $1 and c.name > $2 order by c.name limit $3`,
};

const findStatement: Statement = {
  name: 'find-classifier',
  text: `select ${columns} from classifier c where c.workspace_id = $1 and c.name = $2`,
};

const changeStatement: Statement = {
  name: 'change-classifier',
  text: `
update classifier set description = coalesce($3, description), traffic = coalesce($4::jsonb, traffic), revision = revision + 1, updated_at = now()
where workspace_id = $1 and name = $2`,
};

const missingAliasesStatement: Statement = {
  name: 'missing-traffic-aliases',
  text: `
select t.key as alias from classifier c cross join jsonb_object_keys(c.traffic) as t(key)
where c.workspace_id = $1 and c.name = $2 and not exists (
  select from alias a where a.workspace_id = $1 and a.scope = 'classifier ' || c.name and a.name = t.key)`,
};
