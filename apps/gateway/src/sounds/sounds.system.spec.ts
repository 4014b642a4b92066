// The old sound system's clients, and explanations in our own terms, answered by a real extractor.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { decision, soundExplanation, soundInference } from '@earshot/contracts';
import { type Workspace, Workspaces } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { trainedArtifact, trainedSounds } from '@earshot/learning/testing';
import { FolderBlobStore } from '@earshot/storage';
import { startExtractor } from '../testing/extractor-process.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
let extractor: { stop(): Promise<void> };
let workspace: Workspace;
let artifacts: Record<'sounds' | 'talent-mlp', Uint8Array>;
beforeAll(async () => {
  // Before anything is asked: while it trains, this process answers nobody.
  artifacts = { sounds: await trainedSounds(), 'talent-mlp': await trainedArtifact({ hidden: [8], dropout: [0] }) };
  gateway = await startTestGateway();
  extractor = await startExtractor(gateway);
  workspace = await new Workspaces(gateway.database).named('default');
}, 60_000);
afterAll(async () => {
  await extractor.stop();
  await gateway.close();
});

async function register(recipe: 'sounds' | 'talent-mlp'): Promise<void> {
  const store = new FolderBlobStore({ folder: join(gateway.home, 'blobs') });
  const isSounds = recipe === 'sounds';
  const artifact = await store.put(workspace.id, artifacts[recipe]);
  const { id: profile, hash: profileHash } = getProfile(isSounds ? 'logmel-128@1' : 'talent-37@1');
  const labels = isSounds ? ['high', 'low'] : ['bad', 'good'];
  const facts = { recipe, profile, profileHash, labels, artifact, decision: decision.parse({}), provenance: {}, metrics: {}, card: {} };
  await workspace.models.versions.registerOnce({
    id: randomUUID(),
    classifier: isSounds ? 'sounds' : 'voices',
    datasetVersionId: null,
    ...facts,
  });
}

/** Stereo at 44.1 kHz, as old clients sent it: twelve tones from one pitch on, after a pause. */
const sound = (hz: number, { seconds = 5, from = 0 } = {}) => {
  const name = `${hz} ${seconds} ${from}`;
  const bytes = made.get(name) ?? synthesize(hz, seconds, from);
  made.set(name, bytes);
  return bytes;
};
/** Each is made once: while it is, this process answers nobody, and its connections end after five seconds of that. */
const made = new Map<string, Uint8Array<ArrayBuffer>>();
const synthesize = (hz: number, seconds: number, from: number) => {
  const value = (i: number) =>
    tones.reduce((sum, tone) => sum + 0.04 * Math.sin((2 * Math.PI * hz * (1 + tone / 7) * i) / 44_100 + tone), 0);
  const samples = Float32Array.from({ length: 44_100 * seconds }, (_, i) => (i < 44_100 * from ? 0 : value(i)));
  return Uint8Array.from(wavFile([samples, samples], { sampleRate: 44_100 }));
};
const tones = Array.from({ length: 12 }, (_, tone) => tone);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  gateway.fetch(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const sendForm = (path: string, bytes: Uint8Array<ArrayBuffer>) => {
  const form = new FormData();
  form.append('file', new Blob([bytes]), 'sound.wav');
  return gateway.fetch(path, { method: 'POST', body: form, headers: { prefer: 'wait=30' } });
};
const told = async (response: Response) => [response.status, await response.json()];

describe("the old sound system's route", () => {
  it('says 503 while there is no model', async () => {
    expect(await told(await send('/inference', { audio_data: base64(sound(300)) }))).toMatchObject([503, { code: 'CLASSIFIER_NOT_FOUND' }]);
    await register('sounds');
    await register('talent-mlp');
  });

  it.each(['/inference', '/api/v1/sounds/explain'])('answers base64 at %s with the old keys', async (path) => {
    const [status, body] = await told(await send(path, { audio_data: base64(sound(200)) }));
    expect(status).toBe(200);
    const { predictions, visualization, class_activation, input_spectrogram, waveform } = soundInference.parse(body);
    expect(Object.keys(body).sort()).toEqual(['class_activation', 'input_spectrogram', 'predictions', 'visualization', 'waveform']);
    expect(predictions.map((one) => Object.keys(one).sort())).toEqual(predictions.map(() => ['class', 'confidence']));
    expect(predictions.map((one) => one.class).sort()).toEqual(['high', 'low']);
    expect(predictions[0]!.confidence + predictions[1]!.confidence).toBeCloseTo(1, 6);
    expect(Object.keys(visualization)).toEqual(expect.arrayContaining(['conv1', 'layer1', 'layer2.conv1', 'layer3']));
    for (const { shape, values } of [...Object.values(visualization), ...Object.values(class_activation), input_spectrogram])
      expect([values.length, values[0]?.length]).toEqual(shape);
    expect(input_spectrogram.shape).toEqual([128, 216]);
    expect(waveform).toMatchObject({ sample_rate: 22_050, duration: 5 });
    expect(waveform.values).toHaveLength(8_000);
    expect(Math.max(...waveform.values)).toBeGreaterThan(0.1);
  });

  it('answers a form too, and what comes after the wait with 202', async () => {
    const [status, body] = await told(await sendForm('/inference', sound(4_000)));
    expect([status, soundInference.parse(body).predictions.length]).toEqual([200, 2]);
    const later = await send('/inference', { audio_data: base64(sound(310)) }, { prefer: 'respond-async' });
    expect(later.status).toBe(202);
    const { id } = await later.json();
    expect(later.headers.get('location')).toBe(`/api/v1/jobs/${id}`);
  });

  it.each([
    ['no base64', { audio_data: 'this is none' }, 400, 'REQUEST_INVALID'],
    ['no audio in it', { audio_data: base64(Buffer.from('not audio at all')) }, 400, 'AUDIO_FORMAT_UNKNOWN'],
    ['no samples in it', { audio_data: base64(sound(300).subarray(0, 44)) }, 400, 'AUDIO_EMPTY'],
    ['nothing in it', { audio_data: '' }, 400, 'REQUEST_INVALID'],
    ['another member', { audio: 'QUFB' }, 400, 'REQUEST_INVALID'],
    ['too much in it', { audio_data: 'A'.repeat(13_500_000) }, 400, 'FILE_TOO_LARGE'],
    ['far too much in it', { audio_data: 'A'.repeat(15_000_000) }, 400, 'BODY_TOO_LARGE'],
  ])('refuses a body with %s', async (_what, body, status, code) => {
    expect(await told(await send('/inference', body))).toMatchObject([status, { code, detail: expect.any(String) }]);
  });
});

describe('explanations', () => {
  it('of stored clips say when it sounded, and add up to what is predicted', async () => {
    const [, { items }] = await told(await sendForm('/api/v1/sounds/explanations', sound(250, { from: 2.5 })));
    const explained = soundExplanation.parse(items[0].result);
    expect(explained).toMatchObject({ durationSeconds: 5, model: { classifier: 'sounds', version: 1, alias: 'production' } });
    expect(explained.activations.map(({ label }) => label)).toEqual(explained.predictions.map(({ label }) => label));
    const [, predicted] = await told(await sendForm('/api/v1/predictions?classifier=sounds', sound(250, { from: 2.5 })));
    expect(predicted.items[0].result.scores).toEqual(explained.predictions);
  });

  it('show what is heard of a short clip: up to its last sound', async () => {
    const [, { items }] = await told(await sendForm('/api/v1/sounds/explanations?topK=1', sound(250, { seconds: 1 })));
    const { durationSeconds, heardSeconds, spectrogram, waveform, activations } = soundExplanation.parse(items[0].result);
    expect([durationSeconds, heardSeconds, waveform.durationSeconds]).toEqual([1, 1, 1]);
    expect(spectrogram.shape).toEqual([128, 48]);
    expect(activations).toHaveLength(1);
  });

  it('are refused of models whose answers are no sums over places', async () => {
    const refused = await told(await sendForm('/api/v1/sounds/explanations?classifier=voices', sound(250)));
    expect(refused).toMatchObject([
      400,
      { code: 'REQUEST_INVALID', errors: [{ pointer: '#/classifier', detail: expect.stringContaining('talent-mlp') }] },
    ]);
    const both = await told(await sendForm('/api/v1/sounds/explanations?alias=production&version=1', sound(250)));
    expect(both).toMatchObject([400, { code: 'REQUEST_INVALID' }]);
  });

  it('of one bad file cost the others nothing', async () => {
    const clips = new FormData();
    clips.append('file', new Blob([sound(250, { seconds: 1 })]), 'a.wav');
    clips.append('file', new Blob([sound(300).subarray(0, 44)]), 'empty.wav');
    const response = await gateway.fetch('/api/v1/sounds/explanations', { method: 'POST', body: clips, headers: { prefer: 'wait=30' } });
    const { items } = await response.json();
    expect(items).toMatchObject([{ state: 'succeeded' }, { state: 'failed', error: { code: 'AUDIO_EMPTY' } }]);
  });
});
