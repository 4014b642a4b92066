import { classifierOf, EarshotError, moveAlias } from '@earshot/contracts';
import type { Statement } from '../database.js';
import { lockClassifier } from '../models/lock-classifier.js';
import { moveAliasStatement } from '../models/move-alias.js';
import { type EffectScope, writes } from './effect-writer.js';

export const movesAlias = writes(moveAlias, async ({ scope, name, target, expectedVersion }, effect) => {
  const { database, client, workspaceId } = effect;
  const classifier = classifierOf(scope);
  if (classifier !== null) await checkVersion(classifier, target, effect);
  const isMovedFrom = async (version: number) =>
    (await database.run(moveAliasStatement, [workspaceId, scope, name, target, version], client)).length > 0;
  if (expectedVersion === null) {
    // An alias that is not there yet cannot be locked: somebody else may make it first, and then it is there.
    while (!(await isMovedFrom(await movesSoFar(scope, name, effect))));
  } else if (!(await isMovedFrom(expectedVersion)))
    throw new EarshotError('ALIAS_MOVED', `${name} of ${scope} was expected to have been moved ${expectedVersion} times`);
  return [];
});

async function movesSoFar(scope: string, name: string, { database, client, workspaceId }: EffectScope): Promise<number> {
  const [alias] = await database.run<{ version: number }>(currentStatement, [workspaceId, scope, name], client);
  return alias?.version ?? 0;
}

/** An alias of a classifier points at one of its versions, which may be on their way out: whoever removes one holds the same row. */
async function checkVersion(classifier: string, target: string, { database, client, workspaceId }: EffectScope): Promise<void> {
  await lockClassifier(database, client, workspaceId, classifier);
  const found = await database.run(isVersionStatement, [workspaceId, classifier, target], client);
  if (found.length === 0) throw new EarshotError('MODEL_VERSION_NOT_FOUND', `${classifier} has no version ${target}`);
}

const isVersionStatement: Statement = {
  name: 'is-model-version',
  text: 'select 1 as there from model_version where workspace_id = $1 and classifier = $2 and id::text = $3',
};

const currentStatement: Statement = {
  name: 'lock-alias',
  text: 'select version from alias where workspace_id = $1 and scope = $2 and name = $3 for update',
};
