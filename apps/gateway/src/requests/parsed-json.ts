import type { Request } from 'express';
import type { z } from 'zod';
import type { BodyLimits } from '../uploads/limits.js';
import { contentTypeOf } from './content-type.js';
import { jsonBody } from './json-body.js';
import { parse } from './parse.js';
import { refuseUnstorableText } from './storable.js';

/** The JSON body of a request, as its schema has it. */
export async function parsedJson<S extends z.ZodType>(request: Request, schema: S, { maxJsonBytes }: BodyLimits): Promise<z.output<S>> {
  contentTypeOf(request, ['application/json']);
  const body = parse(schema, await jsonBody(request, maxJsonBytes));
  refuseUnstorableText(body);
  return body;
}
