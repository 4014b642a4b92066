import { EarshotError } from '@earshot/contracts';
import type { TensorFlow } from './tensorflow-engine.js';

/** `@tensorflow/tfjs-node`, where it was installed (docs/learning.md): TensorFlow's own library, some hundred megabytes. */
export async function nativeTensorFlow(): Promise<TensorFlow> {
  const name = '@tensorflow/tfjs-node'; // not a literal: it is no dependency, and no bundler shall look for it
  const util: { default: Record<string, unknown> } = await import(`${'node:'}util`);
  util.default['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined; // gone since Node 23, and it calls it
  try {
    const { default: tensorflow }: { default: TensorFlow } = await import(name);
    return tensorflow;
  } catch (cause) {
    throw new EarshotError('TRAINING_DATA_UNFIT', 'The native back end is not installed', { cause });
  }
}
