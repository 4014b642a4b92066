import { kinds, resourcesOf } from '@earshot/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { examplesOf } from './examples.js';
import { openApiDocument } from './openapi-document.js';

let document: OpenAPIObject;
beforeAll(async () => {
  document = await openApiDocument();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
  );

describe('the OpenAPI document', () => {
  it('knows every route: those of the kinds, and these', () => {
    const ofKinds = kinds.flatMap(({ route, over }) => [
      `post /api/v1/${route}`,
      ...(over === 'clips' ? [`post /api/v1/${route}/clips`] : []),
    ]);
    const names = operations().map(({ name }) => name);
    expect(ofKinds.filter((name) => !names.includes(name))).toEqual([]);
    expect(names.filter((name) => !ofKinds.includes(name))).toEqual([
      'post /api/v1/clips',
      'get /api/v1/clips',
      'get /api/v1/clips/{id}',
      'delete /api/v1/clips/{id}',
      'get /api/v1/clips/{id}/audio',
      'get /api/v1/clips/{id}/predictions',
      'get /api/v1/clips/{id}/vectors/{profile}',
      'get /api/v1/clips/{id}/spectrogram',
      'get /api/v1/runs',
      'get /api/v1/library/map',
      'get /api/v1/library/anomalies',
      'get /api/v1/runs/compare',
      'get /api/v1/runs/{id}',
      'get /api/v1/runs/{id}/clips',
      'post /api/v1/runs/{id}/stop',
      'get /api/v1/recipes',
      'post /api/v1/datasets',
      'get /api/v1/datasets',
      'get /api/v1/datasets/{name}',
      'patch /api/v1/datasets/{name}',
      'delete /api/v1/datasets/{name}',
      'post /api/v1/datasets/{name}/clips',
      'get /api/v1/datasets/{name}/clips',
      'patch /api/v1/datasets/{name}/clips',
      'delete /api/v1/datasets/{name}/clips',
      'post /api/v1/datasets/{name}/check',
      'post /api/v1/datasets/{name}/versions',
      'get /api/v1/datasets/{name}/versions',
      'get /api/v1/datasets/{name}/versions/{number}',
      'get /api/v1/datasets/{name}/versions/{number}/clips',
      'get /api/v1/datasets/{name}/versions/{number}/split',
      'get /api/v1/datasets/{name}/versions/{number}/export',
      'post /api/v1/library/clips',
      'get /api/v1/library/clips',
      'get /api/v1/library/clips/{id}',
      'patch /api/v1/library/clips/{id}',
      'delete /api/v1/library/clips/{id}',
      'get /api/v1/library/stats',
      'get /api/v1/profiles',
      'get /api/v1/profiles/{id}',
      'get /api/v1/classifiers',
      'get /api/v1/classifiers/{name}',
      'patch /api/v1/classifiers/{name}',
      'get /api/v1/classifiers/{name}/versions',
      'post /api/v1/classifiers/{name}/versions',
      'get /api/v1/classifiers/{name}/comparison',
      'get /api/v1/classifiers/{name}/versions/{version}',
      'delete /api/v1/classifiers/{name}/versions/{version}',
      'get /api/v1/classifiers/{name}/versions/{version}/artifact',
      'patch /api/v1/classifiers/{name}/versions/{version}/decision',
      'get /api/v1/classifiers/{name}/aliases',
      'get /api/v1/classifiers/{name}/aliases/{alias}',
      'put /api/v1/classifiers/{name}/aliases/{alias}',
      'delete /api/v1/classifiers/{name}/aliases/{alias}',
      'post /api/v1/classifiers/{name}/aliases/{alias}/rollback',
      'post /api/v1/classifiers/{name}/versions/{version}/promote',
      'get /api/v1/classifiers/{name}/versions/{version}/archive',
      'get /api/v1/jobs',
      'get /api/v1/jobs/{id}',
      'get /api/v1/jobs/{id}/items',
      'get /api/v1/jobs/{id}/result',
      'post /api/v1/jobs/{id}/cancel',
      'post /api/v1/jobs/{id}/retry',
      'get /api/v1/jobs/{id}/events',
      'get /api/v1/status',
      'get /api/v1/library/clips/{id}/similar',
      'post /api/v1/library/search/vector',
      'get /api/v1/library/indexes',
      'post /search',
      'get /version',
      'get /api/v1/health',
      'get /api/v1/model-info',
      'get /api/v1/model-metrics',
      'post /api/v1/predictions/single',
      'post /api/v1/predictions/batch',
      'post /api/v1/upload-data',
      'get /api/v1/visualizations/feature-info',
      'get /api/v1/visualizations/mfcc',
      'get /api/v1/visualizations/spectral',
      'post /api/v1/retrain',
      'get /api/v1/train-status',
      'get /api/v1/train-status/{id}',
      'post /transcribe',
      'post /api/predict',
      'post /api/batch-predict',
      'get /health',
      'get /api/metrics',
      'get /api/model-info',
      'get /stats',
      'post /inference',
      'post /api/v1/sounds/explain',
    ]);
  });

  it('gives every operation a name of its own, a tag, and what it answers when something is wrong', () => {
    const all = operations();
    expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
    for (const { tags, responses } of all) {
      expect(tags).toHaveLength(1);
      for (const status of ['401', '403', '500', '503']) expect(Object.keys(responses)).toContain(status);
    }
  });

  it('says of every member what it is', () => {
    const told = ['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const'];
    const untold: string[] = [];
    const look = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, member] of Object.entries(value)) {
        const isSchema = path.endsWith('/properties') || name === 'items';
        if (isSchema && !told.some((key) => Object.hasOwn(Object(member), key))) untold.push(`${path}/${name}`);
        look(member, `${path}/${name}`);
      }
    };
    look(document.components?.schemas, '');
    expect(untold).toEqual([]);
  });

  it('refers to nothing that it does not hold', () => {
    const text = JSON.stringify(document);
    const wanted = new Set([...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].map(([, kind, name]) => `${kind}/${name}`));
    const held = Object.entries(document.components ?? {}).flatMap(([kind, members]) =>
      Object.keys(members).map((name) => `${kind}/${name}`),
    );
    expect(wanted.size).toBeGreaterThan(10);
    expect([...wanted].filter((name) => !held.includes(name))).toEqual([]);
    expect(text).not.toMatch(/\$defs|#\/definitions|__shared/);
  });

  it('lets clients leave out what has a default', () => {
    const limit = operations()
      .find(({ operationId }) => operationId === 'listJobs')
      ?.parameters.find(({ name }: { name: string }) => name === 'limit');
    expect(limit).toMatchObject({ in: 'query', required: false, schema: { type: 'integer', minimum: 1, default: 50 } });
  });

  it('answers that nothing has changed wherever it is asked whether', () => {
    const asked = operations().filter(({ parameters }) => parameters?.some(({ name }: { name: string }) => name === 'If-None-Match'));
    expect(asked.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(['getJob', 'getModelVersion', 'getModelArtifact']));
    for (const { responses } of asked) expect(Object.keys(responses)).toContain('304');
  });

  it('says how far the number of a version goes, wherever a request may hold one', () => {
    const isVersion = (name: string) => ['version', 'datasetVersion', 'from'].includes(name);
    const inQueries = operations().flatMap(({ parameters }) => parameters ?? []);
    const numbers = inQueries.filter(({ name, in: place }) => place === 'query' && isVersion(name)).map(({ schema }) => schema);
    const requests = Object.entries(document.components?.schemas ?? {}).filter(([name]) => /Request$|^AliasTarget$/.test(name));
    for (const [, schema] of requests)
      for (const [name, member] of Object.entries(Object(schema).properties ?? {})) if (isVersion(name)) numbers.push(member);
    expect(numbers.length).toBeGreaterThan(8);
    for (const number of numbers) expect(number).toMatchObject({ type: 'integer', maximum: 2_147_483_647 });
  });

  it('takes files in one operation and stored clips in another, so that generators make both of them', () => {
    const typesOf = (id: string) => Object.keys(operations().find(({ operationId }) => operationId === id)?.requestBody.content);
    expect(typesOf('createDescription')).toEqual(['multipart/form-data']);
    expect(typesOf('createDescriptionOfClips')).toEqual(['application/json', 'application/jsonl']);
    const operation = operations().find(({ operationId }) => operationId === 'createDescription');
    expect(operation.parameters.map(({ name }: { name: string }) => name)).toEqual([
      'spectrogram',
      'priority',
      'expiresInSeconds',
      'Idempotency-Key',
      'Prefer',
    ]);
    expect(operation.parameters[0].schema).toMatchObject({ type: 'boolean' });
  });

  it('tells jobs, pages of items, results and events apart by one member', () => {
    const { Job, ItemPage, JobResult, JobEvent } = document.components?.schemas ?? {};
    const ref = (name: string) => `#/components/schemas/${name}`;
    expect(Job).toMatchObject({
      discriminator: { propertyName: 'kind', mapping: { describe: ref('DescriptionJob'), features: ref('FeaturesJob') } },
    });
    expect(ItemPage).toMatchObject({ discriminator: { mapping: { features: ref('FeaturesItemPage') } } });
    expect(JobResult).toMatchObject({ discriminator: { mapping: { features: ref('FeaturesResult') } } });
    expect(JobEvent).toMatchObject({ discriminator: { propertyName: 'type', mapping: { 'job.finished': ref('JobFinishedEvent') } } });
  });

  it('lists the codes of an operation once', () => {
    const text = JSON.stringify(operations().find(({ operationId }) => operationId === 'createFeatures'));
    expect(text.split('AUDIO_UNREADABLE')).toHaveLength(2);
  });

  it.each(kinds.map((kind) => [kind.noun, kind] as const))('shows examples of %s that fit its contract', (noun, kind) => {
    const examples = examplesOf(kinds);
    const { job, itemPage, result, request } = resourcesOf(kind);
    const cases = { Job: job, ItemPage: itemPage, Result: result, Request: request };
    for (const [name, schema] of Object.entries(cases))
      expect(schema.parse(examples[`${noun}${name}`])).toEqual(examples[`${noun}${name}`]);
    expect(kind.input.parse(kind.example.input)).toMatchObject(kind.example.input);
  });
});
