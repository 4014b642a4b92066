import { classifierName } from '@earshot/contracts';
import { applyDecorators } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { schemaOf } from './schemas.js';

const parts = {
  name: { description: 'Name of the classifier', schema: { ...schemaOf(classifierName), example: 'keywords' } },
  version: { description: 'Number of the model version', schema: { type: 'integer', minimum: 1, example: 1 } },
  alias: { description: 'Name of the alias', schema: { type: 'string', example: 'production' } },
} as const;

/** Says what the parts of a path under `/classifiers` are. */
export function ClassifierPart(...names: (keyof typeof parts)[]): MethodDecorator {
  return applyDecorators(...names.map((name) => ApiParam({ name, ...parts[name] })));
}
