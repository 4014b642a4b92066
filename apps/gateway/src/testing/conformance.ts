import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openApiDocument } from '../docs/openapi-document.js';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }>; headers?: Record<string, unknown> }>;
}

/** Holds answers against the OpenAPI document: path, method, status, content type and body have to be what it says. */
export class Conformance {
  private readonly ajv: Ajv2020;
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly paths: [RegExp, Record<string, Operation>][];

  constructor(document: OpenAPIObject) {
    this.ajv = new Ajv2020({ strict: false, allErrors: true, formats: { ...formats, binary: true } });
    this.ajv.addSchema({ $id: 'openapi', ...document });
    this.paths = Object.entries(document.paths).map(([path, item]) => [
      new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      JSON.parse(JSON.stringify(item)),
    ]);
  }

  static async withDocument(): Promise<Conformance> {
    return new Conformance(await openApiDocument());
  }

  /** Throws, saying what does not conform. Streams of events are not read here. */
  async check(method: string, url: URL, response: Response): Promise<void> {
    if (!url.pathname.startsWith('/api/')) return;
    const what = `${method} ${url.pathname} → ${response.status}`;
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const operation = this.operationOf(method, url.pathname);
    if (operation === undefined) return this.checkBody(`${what} ${type}`, await response.text(), { $ref: problemSchema });
    const answer = operation.responses[response.status];
    if (answer === undefined) throw new Error(`${what} is in no document: ${await response.text()}`);
    for (const name of ['location', 'retry-after', 'link', 'etag', 'idempotency-replayed', 'preference-applied'])
      if (response.headers.has(name) && !Object.keys(answer.headers ?? {}).some((known) => known.toLowerCase() === name))
        throw new Error(`${what} has a header ${name} that is in no document`);
    if (response.status === 204 || response.status === 304 || method === 'HEAD') return;
    const schema = (answer.content?.[type] ?? answer.content?.['*/*'])?.schema;
    if (schema === undefined) throw new Error(`${what} is of the type ${type}, which is in no document`);
    if (type === 'application/jsonl')
      for (const line of (await response.text()).split('\n').filter(Boolean)) this.checkBody(what, line, schema);
    else if (/json$/.test(type)) this.checkBody(what, await response.text(), schema);
  }

  private operationOf(method: string, path: string): Operation | undefined {
    const known = method === 'HEAD' ? 'get' : method.toLowerCase();
    return this.paths.find(([form, item]) => form.test(path) && item[known] !== undefined)?.[1][known];
  }

  private checkBody(what: string, text: string, schema: object): void {
    const key = JSON.stringify(schema);
    const validate = this.validators.get(key) ?? this.ajv.compile(JSON.parse(key.replaceAll('"#/components', '"openapi#/components')));
    this.validators.set(key, validate);
    if (!validate(JSON.parse(text))) throw new Error(`${what}: ${this.ajv.errorsText(validate.errors)} in ${text.slice(0, 500)}`);
  }
}

const problemSchema = '#/components/schemas/Problem';

const formats = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
};
