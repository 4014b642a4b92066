import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { parseTexts } from './from-text.js';

/** The query of a request, parsed by its schema; what does not fit is REQUEST_INVALID. */
export function QueryOf(schema: z.ZodType): ParameterDecorator {
  // Not as the decorator's argument: Nest would take a schema, which has a method `transform`, for a pipe.
  return createParamDecorator((_: unknown, context: ExecutionContext) =>
    parseTexts(schema, context.switchToHttp().getRequest<Request<object, unknown, unknown, Record<string, string | string[]>>>().query),
  )();
}
