import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultsOf } from './bundle.js';

const models = fileURLToPath(new URL('../../../models', import.meta.url));

describe('the check of the bundled models', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'earshot-bundle-'));
    cpSync(join(models, 'talent'), folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const change = (of: (model: Record<string, unknown>) => void) => {
    const model: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
    of(model);
    writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
  };

  it('finds nothing wrong with what is bundled', async () => expect(await faultsOf(folder, 'talent')).toEqual([]));
  it('finds a byte that has changed', async () => {
    const bytes = readFileSync(join(folder, 'artifact.safetensors'));
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(join(folder, 'artifact.safetensors'), bytes);
    expect(await faultsOf(folder, 'talent')).toEqual([expect.stringContaining('SHA-256')]);
  });
  it.each([
    ['labels', (model: Record<string, unknown>) => (model['labels'] = ['good', 'bad'])],
    ['hash', (model: Record<string, unknown>) => (model['profileHash'] = '0'.repeat(64))],
    ['called', (model: Record<string, unknown>) => (model['classifier'] = 'other')],
    ['notTestedOn', (model: Record<string, unknown>) => (model['card'] = { purpose: 'x', trainedOn: ['y'] })],
  ])('finds other %s', async (word, of) => {
    change(of);
    expect((await faultsOf(folder, 'talent')).join()).toContain(word);
  });
});
