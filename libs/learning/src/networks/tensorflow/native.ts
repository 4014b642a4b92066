import type { TensorFlow } from './tensorflow-engine.js';

const name = '@tensorflow/tfjs-node'; // not a literal where it is imported: it is no dependency, and no bundler shall look for it

/** TensorFlow's own library, some hundred megabytes, by the package that `npm run native` installs. */
export async function nativeTensorFlow(): Promise<TensorFlow> {
  const util: { default: Record<string, unknown> } = await import(`${'node:'}util`);
  util.default['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined; // gone since Node 23, and it calls it
  try {
    const { default: tensorflow }: { default: TensorFlow } = await import(name);
    return tensorflow;
  } catch (cause) {
    throw new Error('The native back end is not installed: npm run native', { cause });
  }
}

/** Whether that back end can be chosen: to be asked when a service starts. */
export async function hasNativeTensorFlow(): Promise<boolean> {
  return nativeTensorFlow().then(
    () => true,
    () => false,
  );
}
