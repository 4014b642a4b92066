import { EarshotError, moveAlias } from '@earshot/contracts';
import { sql } from '../sql.js';
import { writes } from './effect-writer.js';

export const movesAlias = writes(moveAlias, async ({ scope, name, target, expectedVersion }, { database, client, workspaceId }) => {
  const moved = await database.run(moveAliasStatement, [workspaceId, scope, name, target, expectedVersion], client);
  if (moved.length === 0)
    throw new EarshotError('ALIAS_MOVED', `${name} of ${scope} was expected to have been moved ${expectedVersion} times`);
  return [];
});

const moveAliasStatement = sql('move-alias');
