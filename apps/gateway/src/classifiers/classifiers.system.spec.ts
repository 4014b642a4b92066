// The real extractor scores here: from the upload to the label, and from one version to the next.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decision, itemsResult, prediction } from '@earshot/contracts';
import { type Workspace, Workspaces } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { trainedArtifact } from '@earshot/learning/testing';
import { FolderBlobStore } from '@earshot/storage';
import { startExtractor } from '../testing/extractor-process.js';
import { problemOf as problemIn } from '../testing/problem-of.js';
import { tone } from '../testing/sounds.js';
import { formOf, startTestGateway, type TestGateway } from '../testing/test-gateway.js';

let gateway: TestGateway;
let extractor: { stop(): Promise<void> };
let workspace: Workspace;
let hz = 200;
beforeAll(async () => {
  gateway = await startTestGateway();
  extractor = await startExtractor(gateway);
  workspace = await new Workspaces(gateway.database).named('default');
  for (const seed of [1, 2]) await register(seed);
}, 60_000);
afterAll(async () => {
  await extractor.stop();
  await gateway.close();
});

async function register(seed: number): Promise<void> {
  const store = new FolderBlobStore({ folder: join(gateway.home, 'blobs') });
  const artifact = await store.put(workspace.id, await trainedArtifact({ seed, hidden: [8], dropout: [0] }));
  const profile = getProfile('talent-37@1');
  const facts = {
    recipe: 'talent-mlp',
    profile: profile.id,
    profileHash: profile.hash,
    labels: ['bad', 'good'],
    decision: decision.parse({}),
  };
  const said = { provenance: {}, metrics: { random: { accuracy: seed / 10 } }, card: { title: 'A test', notTestedOn: ['anything'] } };
  await workspace.models.versions.register({ id: randomUUID(), classifier: 'talent', artifact, datasetVersionId: null, ...facts, ...said });
}

const talent = '/api/v1/classifiers/talent';
const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  gateway.fetch(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const problemOf = async (response: Promise<Response>) => problemIn(await response);
const predict = (query = '') =>
  gateway.fetch(`/api/v1/predictions?classifier=talent${query}`, {
    method: 'POST',
    headers: { prefer: 'wait=20' },
    body: formOf(['a.wav', tone(hz++)]),
  });
const predicted = async (query = '') => itemsResult(prediction).parse(await (await predict(query)).json()).items[0]?.result;

describe('a classifier', () => {
  it('answers nothing until production points at a version', async () => {
    expect(await problemOf(predict())).toMatchObject({ status: 404, code: 'ALIAS_NOT_FOUND' });
    expect(await problemOf(predict('&version=9'))).toMatchObject({ code: 'MODEL_VERSION_NOT_FOUND' });
    expect(await predicted('&version=2')).toMatchObject({ model: { version: 2, alias: null } });
  });

  it('is put to work by an alias, which moves only from where it is known to be', async () => {
    const production = `${talent}/aliases/production`;
    expect(await problemOf(send('PUT', production, { version: 1 }))).toMatchObject({ status: 428, code: 'PRECONDITION_REQUIRED' });
    const made = await send('PUT', production, { version: 1 }, { 'if-none-match': '*' });
    expect([made.status, made.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await problemOf(send('PUT', production, { version: 2 }, { 'if-match': '"7"' }))).toMatchObject({ status: 412 });
    expect(await predicted()).toMatchObject({ model: { version: 1, alias: 'production' } });
    expect((await send('PUT', production, { version: 2 }, { 'if-match': '"1"' })).status).toBe(200);
    expect(await predicted()).toMatchObject({ model: { version: 2, alias: 'production' } });
  });

  it('is promoted and rolled back by one request each', async () => {
    expect(await (await send('POST', `${talent}/versions/1/promote`)).json()).toMatchObject({ alias: 'production', version: 1 });
    expect(await predicted()).toMatchObject({ model: { version: 1 } });
    expect(await (await send('POST', `${talent}/aliases/production/rollback`)).json()).toMatchObject({ version: 2 });
    expect(await predicted()).toMatchObject({ model: { version: 2 } });
  });

  it('splits its traffic, and says so in each result', async () => {
    await send('PUT', `${talent}/aliases/challenger`, { version: 1 }, { 'if-none-match': '*' });
    const etag = (await send('GET', talent)).headers.get('etag') ?? '';
    const wrong = send('PATCH', talent, { traffic: { challenger: 60, production: 60 } }, { 'if-match': etag });
    expect(await problemOf(wrong)).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    const changed = await send('PATCH', talent, { traffic: { challenger: 100 } }, { 'if-match': etag });
    expect(await changed.json()).toMatchObject({ traffic: { challenger: 100 }, revision: 1 });
    expect(await predicted()).toMatchObject({ model: { version: 1, alias: 'challenger' } });
    expect(await problemOf(send('PATCH', talent, { traffic: {} }, { 'if-match': etag }))).toMatchObject({ status: 412 });
    expect(await problemOf(send('DELETE', `${talent}/aliases/challenger`, undefined, { 'if-match': '*' }))).toMatchObject({
      code: 'MODEL_IN_USE',
    });
    await send('PATCH', talent, { traffic: {} }, { 'if-match': '*' });
  });

  it('decides anew without training, and each result follows a state of that', async () => {
    const path = `${talent}/versions/2`;
    const etag = (await send('GET', path)).headers.get('etag') ?? '';
    const strict = await send('PATCH', `${path}/decision`, { unknownBelow: 1 }, { 'if-match': etag });
    expect(await strict.json()).toMatchObject({ decision: { unknownBelow: 1, unknownLabel: 'unknown' }, decisionRevision: 1 });
    expect(await predicted()).toMatchObject({ label: 'unknown', isUnknown: true, threshold: 1, model: { decisionRevision: 1 } });
    const other = send('PATCH', `${path}/decision`, { thresholds: { great: 1 } }, { 'if-match': '*' });
    expect(await problemOf(other)).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('shows its versions side by side, as a card, and their bytes', async () => {
    const comparison = await (await send('GET', `${talent}/comparison?versions=1,2`)).json();
    expect(comparison.metrics).toEqual([{ name: 'random.accuracy', values: [0.1, 0.2] }]);
    const card = await gateway.fetch(`${talent}/versions/1`, { headers: { accept: 'text/markdown' } });
    expect(await card.text()).toMatch(/^# A test\n[\s\S]*## Not tested on\n\n- anything/);
    const bytes = new Uint8Array(await (await send('GET', `${talent}/versions/1/artifact`)).arrayBuffer());
    expect(bytes).toEqual(new Uint8Array(await trainedArtifact({ seed: 1, hidden: [8], dropout: [0] })));
  });

  it('keeps a version while an alias points at it, then lets it go for good', async () => {
    expect(await problemOf(send('DELETE', `${talent}/versions/1`))).toMatchObject({ status: 409, code: 'MODEL_IN_USE' });
    expect((await send('DELETE', `${talent}/aliases/challenger`, undefined, { 'if-match': '*' })).status).toBe(204);
    expect((await send('DELETE', `${talent}/versions/1`)).status).toBe(204);
    expect(await problemOf(send('GET', `${talent}/versions/1`))).toMatchObject({ status: 404 });
  });

  it('is listed with its aliases, and its versions newest first', async () => {
    expect(await (await send('GET', '/api/v1/classifiers')).json()).toMatchObject({
      items: [{ name: 'talent', versions: 1, aliases: [{ alias: 'production', version: 2 }] }],
    });
    expect((await (await send('GET', `${talent}/versions`)).json()).items).toMatchObject([{ version: 2 }]);
  });
});

describe('an archive of a version', () => {
  const archiveOf = async () => Buffer.from(await (await send('GET', `${talent}/versions/2/archive`)).arrayBuffer());
  const take = (name: string, body: Uint8Array) =>
    gateway.fetch(`/api/v1/classifiers/${name}/versions`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-tar', prefer: 'wait=20' },
      body: new Uint8Array(body),
    });

  it('makes the same version elsewhere, which hears the same', async () => {
    const answer = await (await take('taken', await archiveOf())).json();
    expect(answer).toMatchObject({ state: 'succeeded', result: { classifier: 'taken', labels: ['bad', 'good'] } });
    const there = await (await send('GET', '/api/v1/classifiers/taken/versions/1')).json();
    const here = await (await send('GET', `${talent}/versions/2`)).json();
    const { id, classifier, version, links, createdAt, jobId, decisionRevision, aliases, ...same } = here;
    expect(there).toMatchObject({ ...same, id: answer.result.modelVersionId });
    const ask = (name: string) =>
      gateway.fetch(`/api/v1/predictions?classifier=${name}&version=${name === 'taken' ? 1 : 2}`, {
        method: 'POST',
        headers: { prefer: 'wait=20' },
        body: formOf(['same.wav', tone(440)]),
      });
    const scores = async (name: string) => itemsResult(prediction).parse(await (await ask(name)).json()).items[0]?.result?.scores;
    expect(await scores('taken')).toEqual(await scores('talent'));
  });

  it('can be read by everybody, and taken as others pack it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-archive-'));
    await writeFile(join(folder, 'model.tar'), await archiveOf());
    const tar = (...args: string[]) => execFileSync('tar', args, { cwd: folder });
    tar('-xf', 'model.tar');
    tar('-cf', 'again.tar', 'manifest.json', 'artifact.safetensors', 'card.md');
    expect((await take('taken', await readFile(join(folder, 'again.tar')))).status).toBe(200);
    await rm(folder, { recursive: true });
  });

  it('is refused when a byte of it is another, when it is cut, and when it is none', async () => {
    const archive = await archiveOf();
    const changed = Buffer.from(archive);
    const artifact = Buffer.from(await (await send('GET', `${talent}/versions/2/artifact`)).arrayBuffer());
    const at = archive.indexOf(artifact) + artifact.length - 1;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await problemOf(take('taken', changed))).toMatchObject({ status: 422, code: 'MODEL_INVALID' });
    expect(await problemOf(take('taken', archive.subarray(0, 3_000)))).toMatchObject({ status: 400, code: 'BODY_MALFORMED' });
    expect(await problemOf(take('taken', Buffer.from('no archive'.repeat(100))))).toMatchObject({ code: 'BODY_MALFORMED' });
  });

  it('is refused by the sandbox when its artifact is no model, or has other labels than it says', async () => {
    const store = new FolderBlobStore({ folder: join(gateway.home, 'blobs') });
    const {
      artifact,
      recipe,
      profile,
      profileHash,
      labels,
      provenance,
      metrics,
      card,
      decision: decided,
    } = await (await send('GET', `${talent}/versions/2`)).json();
    const facts = { classifier: 'fake', recipe, profile, profileHash, labels, provenance, metrics, card, decision: decided };
    const ask = (changes: object) => send('POST', '/api/v1/model-imports', { ...facts, artifact, ...changes }, { prefer: 'wait=20' });
    const noise = await store.put(workspace.id, Buffer.from('no model'));
    for (const changes of [{ artifact: noise }, { labels: ['bad', 'great'] }, { profileHash: 'f'.repeat(64) }])
      expect(await problemOf(ask(changes))).toMatchObject({ status: 422, code: 'MODEL_INVALID' });
    expect((await send('GET', '/api/v1/classifiers/fake')).status).toBe(404);
  });
});

describe('predictions', () => {
  it('of a recording tell what is heard when', async () => {
    const result = await predicted('&windowSeconds=0.5&hopSeconds=0.25');
    expect(result?.windows).toMatchObject({ count: 3, windowSeconds: 0.5, hopSeconds: 0.25 });
    expect(await problemOf(predict('&hopSeconds=0.25'))).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await problemOf(predict('&version=2&alias=production'))).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('keep their version when their job is tried again', async () => {
    const form = formOf(['bad.wav', Uint8Array.from(Buffer.concat([tone(1).subarray(0, 44), Buffer.alloc(0)]))]);
    const refused = await gateway.fetch('/api/v1/predictions?classifier=talent', {
      method: 'POST',
      headers: { prefer: 'wait=20' },
      body: form,
    });
    const { jobId } = await refused.json();
    await register(3);
    await send('POST', `${talent}/versions/3/promote`);
    const retried = await gateway.fetch(`/api/v1/jobs/${jobId}/retry`, { method: 'POST' });
    const { id } = await retried.json();
    const rows = await gateway.database.prisma.job.findMany({ where: { id: { in: [jobId, id] } } });
    expect(rows.map(({ input }) => Object(input).version)).toEqual([2, 2]);
    expect(await predicted()).toMatchObject({ model: { version: 3 } });
  });
});
