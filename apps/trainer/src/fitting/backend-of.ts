import { EarshotError, type FitPoint } from '@earshot/contracts';
import { recipes } from '@earshot/learning';

type Backend = NonNullable<FitPoint['backend']>;

/**
 * By which a training is computed: from its first attempt to its last the same one, for the two do not come to the same bytes. What was begun
 * by our own kernels goes on by them anywhere; what was begun by TensorFlow needs a trainer that is set to it, unless it has ended.
 */
export function backendOf(recipe: string, ownBackend: Backend, begun: Pick<FitPoint, 'backend' | 'artifact'> | null): Backend {
  const backend = begun?.backend ?? (recipes.get(recipe)?.family === 'network' ? ownBackend : 'wasm');
  if (backend === 'native' && ownBackend !== 'native' && begun?.artifact === null)
    throw new EarshotError('BACKEND_UNAVAILABLE', 'The training was begun by native, and EARSHOT_TRAINING_BACKEND of this trainer is wasm');
  return backend;
}
