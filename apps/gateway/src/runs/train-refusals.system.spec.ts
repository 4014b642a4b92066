// What no training can do is refused when it is asked for, with the place of what is wrong.
import { type Workspace, Workspaces } from '@earshot/database';
import { getProfile, talent37 } from '@earshot/features';
import { registerModel } from '../testing/old-clients.js';
import { problemOf } from '../testing/problem-of.js';
import { tone } from '../testing/sounds.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
let workspace: Workspace;
beforeAll(async () => {
  gateway = await startTestGateway();
  workspace = await new Workspaces(gateway.database).named('default');
  const form = new FormData();
  for (let i = 0; i < 12; i++) form.append('file', new Blob([tone(300 + i)]), `${i}.wav`);
  form.append('labels', Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? 'good' : 'bad')).join(','));
  form.append('groups', Array.from({ length: 12 }, (_, i) => `singer ${i % 4}`).join(','));
  form.append('folds', Array.from({ length: 12 }, (_, i) => i % 3).join(','));
  await post('/api/v1/datasets', JSON.stringify({ name: 'voices' }));
  const uploaded = await gateway.fetch('/api/v1/datasets/voices/clips', { method: 'POST', body: form });
  expect(uploaded.status).toBe(200);
  await registerModel(gateway, workspace, { classifier: 'voices', labels: ['bad', 'good'] });
  await registerModel(gateway, workspace, { classifier: 'words', labels: ['no', 'yes'], seed: 2 });
}, 60_000);
afterAll(() => gateway.close());

const post = (path: string, body: string) => gateway.fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
const train = (asked: object) => post('/api/v1/runs', JSON.stringify({ dataset: 'voices', classifier: 'voices', ...asked }));
const { id: _, hash: __, ...talent } = talent37;
const louder = { ...talent, name: 'louder', silence: { topDb: 30, frameSamples: 2048, hopSamples: 512 } };

describe('a training', () => {
  it.each<[object, string, string]>([
    [{ recipe: 'talent-mlp', profile: 'speech-40@1' }, '#/profile', 'rows of one length'],
    [{ recipe: 'random-forest', profile: 'speech-40@1' }, '#/profile', 'rows of one length'],
    [{ recipe: 'cnn', profile: 'talent-37@1' }, '#/profile', 'matrices of one size, as logmel-128@1'],
    [{ recipe: 'cnn-lstm-attention', profile: 'speech-40@1' }, '#/profile', 'matrices of one size'],
    [{ recipe: 'keywords', profile: 'logmel-128@1' }, '#/profile', 'mel power over time, as speech-40@1'],
    [{ recipe: 'random-forest', from: 1 }, '#/from', 'begins anew each time'],
    [{ recipe: 'talent-mlp', from: 1, profile: louder }, '#/from', 'another profile'],
    [{ recipe: 'talent-mlp', from: 1, classifier: 'words' }, '#/from', 'tells no, yes apart, and the dataset has bad, good'],
    [{ testGroups: ['singer 1', 'singer 9', 'nobody'] }, '#/testGroups', 'version 1 of voices does not have: singer 9, nobody'],
    [{ split: 'folds', testFold: 7 }, '#/testFold', 'a fold that version 1 of voices does not have'],
    [{ split: 'folds', testFold: 1, validationFold: 8 }, '#/validationFold', 'a fold that version 1 of voices does not have'],
  ])('with %j is refused', async (asked, pointer, detail) => {
    const { status, code, errors } = await problemOf(await train(asked));
    expect([status, code]).toEqual([400, 'REQUEST_INVALID']);
    expect(errors).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
    expect(await gateway.database.prisma.job.count()).toBe(0);
  });

  it.each<object>([
    { recipe: 'cnn' }, // five seconds of every clip
    { recipe: 'random-forest', profile: 'logmel-128@1' }, // matrices of one size are rows of one length
    { recipe: 'keywords' },
    { recipe: 'talent-mlp', from: 1, testGroups: ['singer 1'] },
    { split: 'folds', testFold: 2 },
  ])('with %j is taken', async (asked) => {
    const response = await train(asked);
    expect(response.status).toBe(202);
    await gateway.fetch(`/api/v1/jobs/${(await response.json()).id}/cancel`, { method: 'POST' });
  });

  it('begins with weights that hear by the same profile, whatever it is called', async () => {
    expect(getProfile('talent-37@1').hash).toBe(talent37.hash);
    const response = await train({ from: 1, profile: { ...talent } });
    expect(response.status).toBe(202);
  });
});
