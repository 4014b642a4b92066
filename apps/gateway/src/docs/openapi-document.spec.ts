import { clip, clipUpload, description, itemResource, itemsResult, jobResource, page } from '@earshot/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { examples } from './examples.js';
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
  it('knows every route', () =>
    expect(operations().map(({ name }) => name)).toEqual([
      'post /api/v1/clips',
      'get /api/v1/clips/{id}',
      'delete /api/v1/clips/{id}',
      'get /api/v1/clips/{id}/audio',
      'get /api/v1/clips/{id}/vectors/{profile}',
      'get /api/v1/clips/{id}/spectrogram',
      'post /api/v1/descriptions',
      'post /api/v1/features',
      'get /api/v1/profiles',
      'get /api/v1/profiles/{id}',
      'get /api/v1/jobs',
      'get /api/v1/jobs/{id}',
      'get /api/v1/jobs/{id}/items',
      'get /api/v1/jobs/{id}/result',
      'post /api/v1/jobs/{id}/cancel',
      'post /api/v1/jobs/{id}/retry',
      'get /api/v1/jobs/{id}/events',
    ]));

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
    expect(text).not.toMatch(/\$defs|definitions|__shared/);
  });

  it('lets clients leave out what has a default', () => {
    const limit = operations()
      .find(({ operationId }) => operationId === 'listJobs')
      ?.parameters.find(({ name }: { name: string }) => name === 'limit');
    expect(limit).toMatchObject({ in: 'query', required: false, schema: { type: 'integer', minimum: 1, default: 50 } });
  });

  it('takes files, ids and lines for a description, and the headers that steer it', () => {
    const operation = operations().find(({ operationId }) => operationId === 'createDescription');
    expect(Object.keys(operation.requestBody.content)).toEqual(['multipart/form-data', 'application/json', 'application/jsonl']);
    expect(operation.parameters.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['Prefer', 'Idempotency-Key']));
  });

  it.each([
    ['Clip', clip, examples.Clip],
    ['ClipUpload', clipUpload, examples.ClipUpload],
    ['Job', jobResource, examples.Job],
    ['JobPage', page(jobResource), examples.JobPage],
    ['DescriptionItemPage', page(itemResource(description)), examples.DescriptionItemPage],
    ['DescriptionResult', itemsResult(description), examples.DescriptionResult],
  ])('shows an example of %s that fits its contract', (_name, schema, example) => {
    expect(schema.parse(example)).toEqual(example);
  });
});
