import { describeEngine, rows } from '../engine.conformance.js';
import { WasmEngine } from '../wasm/wasm-engine.js';
import { hasNativeTensorFlow, nativeTensorFlow } from './native.js';
import { TensorFlowEngine } from './tensorflow-engine.js';

const isThere = await hasNativeTensorFlow();

// Installed by `npm run native`, and not a dependency: where it is missing there is nothing to hold.
(isThere ? describe : describe.skip)('the native back end and the relaxed kernels', () =>
  describeEngine(
    async (plan) => new TensorFlowEngine(plan, await nativeTensorFlow()),
    async (plan) => new WasmEngine(plan, rows, 'training'),
  ),
);

(isThere ? it.skip : it)('the native back end says that it is not installed', async () => {
  await expect(nativeTensorFlow()).rejects.toThrow('npm run native');
});
