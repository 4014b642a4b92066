import { decision, type predictClips, type TaskInput } from '@earshot/contracts';
import type { ClaimedItem, ModelVersionRow } from '@earshot/database';
import { jest } from '@jest/globals';
import { LaterResults } from '../derived/later-results.js';
import { type ChunkBench, chunkOf, digit, type HandlerParts, itemsOf, startChunkBench } from '../testing/chunk-bench.js';
import { registeredModel } from '../testing/test-model.js';
import { ModelFiles } from './model-files.js';
import { PredictClipsHandler } from './predict-clips.handler.js';

describe('predictions', () => {
  let bench: ChunkBench;
  let parts: HandlerParts & { close(): Promise<void> };
  let files: ModelFiles;
  let later: LaterResults;
  let handler: PredictClipsHandler;
  let model: ModelVersionRow;
  beforeAll(async () => {
    bench = await startChunkBench();
  }, 120_000);
  afterAll(() => bench.stop());
  beforeEach(async () => {
    parts = await bench.open();
    const { calls, sandbox, database, store } = parts;
    files = new ModelFiles(store);
    later = new LaterResults(database, store, { warn: () => undefined });
    handler = new PredictClipsHandler(calls, files, sandbox, database, later, store);
    model = await registeredModel(parts);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await files.close();
    await parts.close();
  });

  async function predict(items: ClaimedItem[], changes: Partial<TaskInput<typeof predictClips>> = {}) {
    const { context, results, errors } = chunkOf<typeof predictClips>(parts, items);
    const input = {
      modelVersionId: model.id,
      classifier: 'talent',
      version: model.number,
      alias: 'production',
      topK: 5,
      allScores: false,
      ...changes,
    };
    await handler.run(input, context);
    await later.close(); // what it computed is kept
    return { results, errors };
  }

  it('say which version made them, and what it gives each label', async () => {
    const { results } = await predict(await itemsOf(parts, digit('0_george_0')));
    const result = results.get(0);
    expect(result?.model).toEqual({ classifier: 'talent', version: 1, id: model.id, alias: 'production', decisionRevision: 0 });
    expect(result?.scores.map(({ label }) => label).sort()).toEqual(['bad', 'good']);
    expect(result?.scores.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1, 6);
    expect(result).toMatchObject({ label: result?.scores[0]?.label, confidence: result?.scores[0]?.score, isUnknown: false });
  });

  it('are the same from a kept vector, which is scored with the others in one call', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), digit('3_jackson_5'), digit('0_george_0'));
    const run = jest.spyOn(parts.sandbox, 'run');
    const first = await predict(items);
    expect(run.mock.calls.map(([name]) => name)).toEqual(['scoreClip', 'scoreClip']); // the third has the bytes of the first
    run.mockClear();
    expect(await predict(items)).toEqual(first);
    expect(first.results.size).toBe(3);
    expect(first.results.get(0)).toEqual(first.results.get(2));
    expect(first.results.get(0)).not.toEqual(first.results.get(1));
    expect(run.mock.calls.map(([name]) => name)).toEqual(['scoreVectors']);
  });

  it('follow the decision as it is when they are computed, and say so', async () => {
    const items = await itemsOf(parts, digit('0_george_0'));
    const before = (await predict(items)).results.get(0);
    await parts.workspace.models.versions.decide('talent', 1, decision.parse({ unknownBelow: 1, unknownLabel: 'neither' }), 0);
    const after = (await predict(items)).results.get(0);
    expect(after).toMatchObject({
      label: 'neither',
      isUnknown: true,
      threshold: 1,
      confidence: before?.confidence,
      scores: before?.scores,
    });
    expect(after?.model.decisionRevision).toBe(1);
  });

  it('are of the version that the job has, however many there are', async () => {
    const items = await itemsOf(parts, digit('0_george_0'));
    const other = await registeredModel(parts, { seed: 2 });
    const [mine, its] = [await predict(items), await predict(items, { modelVersionId: other.id, version: 2 })];
    expect(its.results.get(0)?.model).toMatchObject({ version: 2, id: other.id });
    expect(its.results.get(0)?.scores).not.toEqual(mine.results.get(0)?.scores);
  });

  it('fail for the file that is no audio alone', async () => {
    const items = await itemsOf(parts, digit('0_george_0'), Buffer.from('no audio at all'), 'lost');
    const { results, errors } = await predict(items);
    expect([...results.keys()]).toEqual([0]);
    expect(Object.fromEntries(errors)).toEqual({ 1: 'AUDIO_FORMAT_UNKNOWN', 2: 'BLOB_LOST' });
  });

  it('fail as a whole when the version was removed, or its artifact is lost', async () => {
    const items = await itemsOf(parts, digit('0_george_0'));
    const ref = { workspaceId: parts.workspace.id, sha256: model.artifact.sha256 };
    await parts.store.remove(ref, { untouchedSince: new Date(Date.now() + 10_000) });
    await expect(predict(items)).rejects.toMatchObject({ code: 'BLOB_LOST' });
    await parts.workspace.models.versions.remove('talent', 1);
    await expect(predict(items)).rejects.toMatchObject({ code: 'MODEL_VERSION_NOT_FOUND' });
  });

  it('fail as a whole when the version was removed that the process has used before', async () => {
    const items = await itemsOf(parts, digit('0_george_0'));
    await predict(items);
    await parts.workspace.models.versions.remove('talent', 1);
    await expect(predict(items)).rejects.toMatchObject({ code: 'MODEL_VERSION_NOT_FOUND' });
  });

  it('look for no kept vectors of clips of which nothing was kept', async () => {
    const items = await itemsOf(parts, digit('0_george_0'));
    await predict(items);
    const run = jest.spyOn(parts.sandbox, 'run');
    await predict(items.map((item) => ({ ...item, hasDerived: false })));
    expect(run.mock.calls.map(([name]) => name)).toEqual(['scoreClip']);
  });

  it('tell of a long recording what is heard when, and of the whole what its windows have in common', async () => {
    const items = await itemsOf(parts, digit('0_george_0'));
    const { results, errors } = await predict(items, { windowSeconds: 0.2, hopSeconds: 0.1, allScores: true });
    expect(errors).toEqual(new Map());
    const { windows, durationSeconds, scores, model: by } = results.get(0)!;
    expect(by.id).toBe(model.id);
    expect(scores.map(({ label }) => label)).toEqual(['bad', 'good']);
    expect(windows?.count).toBe(1 + Math.ceil((durationSeconds - 0.2) / 0.1));
    expect(windows?.timeline.reduce((sum, segment) => sum + segment.windows, 0)).toBe(windows?.count);
    expect(windows?.timeline[0]?.startSeconds).toBe(0);
    expect(windows?.timeline.at(-1)?.endSeconds).toBe(durationSeconds);
  });

  it('refuse a recording of too many windows', async () => {
    const { errors } = await predict(await itemsOf(parts, silence(400)), { windowSeconds: 0.1, hopSeconds: 0.1 });
    expect([...errors]).toEqual([[0, 'TOO_MANY_WINDOWS']]);
  });
});

/** A WAV of 8 kHz, mono, 16 bits. */
function silence(seconds: number): Uint8Array {
  const sampleBytes = 2 * 8_000 * seconds;
  const wav = Buffer.concat([digit('0_george_0').subarray(0, 44), Buffer.alloc(sampleBytes)]);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.writeUInt32LE(sampleBytes, 40);
  return wav;
}
