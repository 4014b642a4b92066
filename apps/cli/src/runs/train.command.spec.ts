import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainJob } from '@earshot/contracts';
import { createProgram } from '../program.js';

describe('earshot train', () => {
  let server: Server;
  let asked: unknown;
  beforeEach(async () => {
    server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      asked = JSON.parse(text);
      response.writeHead(404, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ type: 'x', title: 'x', status: 404, code: 'DATASET_NOT_FOUND', detail: 'There is no dataset d' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => server.close());

  async function run(...args: string[]): Promise<number> {
    let code = 0;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await createProgram({ EARSHOT_URL: url }, (exitCode) => (code = exitCode)).parseAsync(args, { from: 'user' });
    return code;
  }

  it('asks for what its flags say, in the words of the contract', async () => {
    const flags = '--classifier c --dataset d --epochs 7 --batch-size 16 --setting hidden=[8,8] --setting schedule=cosine --seed 3';
    const more = '--test-group a --test-group b --augment 2 --no-compare-splits --time-budget 60 --promote production --from 2';
    expect(await run('train', ...flags.split(' '), ...more.split(' '))).toBe(5);
    expect(asked).toEqual({
      classifier: 'c',
      dataset: 'd',
      settings: { hidden: [8, 8], schedule: 'cosine', epochs: 7, batchSize: 16 },
      seed: 3,
      testGroups: ['a', 'b'],
      augmentation: { copies: 2 },
      compareSplits: false,
      timeBudgetSeconds: 60,
      promote: 'production',
      from: 2,
    });
    expect(trainJob.input.safeParse(asked).success).toBe(true);
  });

  it('asks for what a config.yaml says, and flags on top', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-train-'));
    const config = join(folder, 'config.yaml');
    writeFileSync(config, 'params: { epochs: 50, batch_size: 32, n_mfcc: 13 }');
    await run('train', '--classifier', 'c', '--dataset', 'd', '--config', config, '--epochs', '7');
    expect(asked).toMatchObject({ recipe: 'cnn-lstm-attention', settings: { epochs: 7, batchSize: 32 }, profile: { sampleRate: 16_000 } });
    expect(trainJob.input.safeParse(asked).success).toBe(true);
    const contradicted = (...flags: string[]) => run('train', '--classifier', 'c', '--dataset', 'd', '--config', config, ...flags);
    await expect(contradicted('--recipe', 'cnn')).rejects.toThrow('cnn-lstm-attention');
    await expect(contradicted('--profile', 'mfcc-49x40@1')).rejects.toThrow('leave out --profile');
    rmSync(folder, { recursive: true });
  });

  it('leaves to the server what was not said', async () => {
    await run('train', '--classifier', 'c', '--dataset', 'd');
    expect(asked).toEqual({ classifier: 'c', dataset: 'd', settings: {}, compareSplits: true });
  });
});
