// What the routes of datasets have in common in the OpenAPI document.
import type { ErrorCode } from '@earshot/contracts';
import { ApiParam } from '@nestjs/swagger';

export const datasetParam = ApiParam({ name: 'name', description: 'Name of the dataset', schema: { type: 'string', example: 'voices' } });

export const versionParam = ApiParam({
  name: 'number',
  description: 'Number of the version, or `newest`',
  schema: { type: 'string', example: '1' },
});

export const jsonProblems: ErrorCode[] = ['REQUEST_INVALID', 'BODY_MALFORMED', 'BODY_TRUNCATED', 'BODY_TOO_LARGE', 'TYPE_UNSUPPORTED'];
