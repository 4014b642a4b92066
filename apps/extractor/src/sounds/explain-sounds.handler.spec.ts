import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { wavFile } from '@earshot/audio';
import { type explainSounds, modelFacts, type SoundExplanation } from '@earshot/contracts';
import type { ClaimedItem, ModelVersionRow } from '@earshot/database';
import { ModelFiles } from '../predicting/model-files.js';
import { type ChunkBench, chunkOf, digit, type HandlerParts, itemsOf, startChunkBench } from '../testing/chunk-bench.js';
import { registeredModel } from '../testing/test-model.js';
import { ExplainSoundsHandler } from './explain-sounds.handler.js';

const bundled = (file: string) => readFileSync(new URL(`../../../../models/sounds/${file}`, import.meta.url));

describe('explanations of the bundled model of sounds', () => {
  let bench: ChunkBench;
  let parts: HandlerParts & { close(): Promise<void> };
  let files: ModelFiles;
  let model: ModelVersionRow;
  beforeAll(async () => {
    bench = await startChunkBench();
    parts = await bench.open();
    files = new ModelFiles(parts.store);
    const artifact = await parts.store.put(parts.workspace.id, bundled('artifact.safetensors'));
    const facts = modelFacts
      .omit({})
      .strip()
      .parse(JSON.parse(bundled('model.json').toString()));
    model = await parts.workspace.models.versions.register({
      id: randomUUID(),
      classifier: 'sounds',
      artifact,
      datasetVersionId: null,
      ...facts,
    });
  }, 120_000);
  afterAll(async () => {
    await files.close();
    await parts.close();
    await bench.stop();
  });

  async function explain(items: ClaimedItem[], { id, number }: ModelVersionRow = model) {
    const { context, results, errors } = chunkOf<typeof explainSounds>(parts, items);
    const { calls, database } = parts;
    const input = { modelVersionId: id, classifier: 'sounds', version: number, alias: null, topK: 3 };
    await new ExplainSoundsHandler(calls, files, database).run(input, context);
    return { results, errors };
  }

  it.each(['bell', 'dog', 'rain'])('tell the sample %s, and add up', async (label) => {
    const { results } = await explain(await itemsOf(parts, bundled(`samples/${label}.wav`)));
    const explained = results.get(0)!;
    expect(explained).toMatchObject({ label, confidence: expect.any(Number), model: { version: model.number, alias: null } });
    expect(explained.predictions.map(({ score }) => score)).toEqual(
      explained.predictions.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    expect(explained.activations.map((one) => one.label)).toEqual(explained.predictions.map((one) => one.label));
    for (const { shape, values } of [...explained.layers, ...explained.activations, explained.spectrogram])
      expect([values.length, values[0]?.length]).toEqual(shape);
    expect(JSON.stringify(explained).length).toBeLessThan(600_000);
  });

  it.each([
    ['second', 2.5],
    ['first', 0],
  ] as const)('point at the %s half of a clip when the sound is there', async (half, from) => {
    const { results } = await explain(await itemsOf(parts, barks(from)));
    const { label, activations, heardSeconds } = results.get(0)!;
    expect([label, heardSeconds]).toEqual(['dog', expect.closeTo(5, 1)]);
    const { peakHalf, means } = halvesOf(activations[0]!);
    const [there, elsewhere] = half === 'first' ? means : means.toReversed();
    expect(peakHalf).toBe(half);
    expect(there! / elsewhere!).toBeGreaterThan(1.3); // quiet parts speak a little for sounds that often have some
  });

  it('cost an item only its own: one that is no audio, and every one of a model that cannot be explained', async () => {
    const { results, errors } = await explain(await itemsOf(parts, bundled('samples/dog.wav'), Buffer.from('no audio'), 'lost'));
    expect([[...results.keys()], Object.fromEntries(errors)]).toEqual([[0], { 1: 'AUDIO_FORMAT_UNKNOWN', 2: 'BLOB_LOST' }]);
    const talent = await registeredModel(parts);
    expect(Object.fromEntries((await explain(await itemsOf(parts, digit('0_george_0')), talent)).errors)).toEqual({ 0: 'MODEL_INVALID' });
  });
});

/** Three synthetic barks in five seconds of faint noise, from then on. */
function barks(fromSeconds: number): Uint8Array {
  const rate = 22_050;
  const sample = bundled('samples/dog.wav');
  const barked = new Int16Array(new Uint8Array(sample.subarray(44)).buffer);
  let state = 1;
  const samples = Float32Array.from({ length: 5 * rate }, (_, i) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const at = i - fromSeconds * rate;
    const isIn = at >= 0 && at < Math.min(barked.length, 2.5 * rate);
    return 1e-3 * (state / 2 ** 30 - 1) + (isIn ? barked[at]! / 32_768 : 0);
  });
  return wavFile([samples], { sampleRate: rate });
}

/** Where the map is highest, and its mean over either half of the clip. */
function halvesOf({ values }: SoundExplanation['activations'][number]) {
  const columns = values[0]!.map((_, t) => values.reduce((sum, row) => sum + row[t]!, 0) / values.length);
  const middle = columns.length / 2;
  const mean = (part: number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  const means = [mean(columns.slice(0, Math.floor(middle))), mean(columns.slice(Math.ceil(middle)))];
  return { peakHalf: columns.indexOf(Math.max(...columns)) < middle ? 'first' : 'second', means };
}
