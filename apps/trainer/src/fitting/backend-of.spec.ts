import { backendOf } from './backend-of.js';

const begunBy = (backend: 'wasm' | 'native' | null) => ({ backend, artifact: null });
const ended = { backend: 'native', artifact: { sha256: '0'.repeat(64), sizeBytes: 1 } } as const;

describe('the back end of a training', () => {
  it('is what the trainer is set to, where the recipe has networks of both', () => {
    expect(backendOf('cnn', 'native', null)).toBe('native');
    expect(backendOf('cnn', 'wasm', null)).toBe('wasm');
    expect(backendOf('talent-mlp', 'native', null)).toBe('wasm');
    expect(backendOf('cnn', 'native', begunBy(null))).toBe('native');
  });

  it('stays what it was begun by, whatever another trainer is set to', () => {
    expect(backendOf('cnn', 'native', begunBy('wasm'))).toBe('wasm');
    expect(backendOf('cnn', 'native', begunBy('native'))).toBe('native');
    expect(() => backendOf('cnn', 'wasm', begunBy('native'))).toThrow('BACKEND_UNAVAILABLE');
    expect(backendOf('cnn', 'wasm', ended)).toBe('native'); // nothing is left to be computed
  });
});
