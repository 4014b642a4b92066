// What the routes of datasets have in common in the OpenAPI document.
import { ApiParam } from '@nestjs/swagger';

export const datasetParam = ApiParam({ name: 'name', description: 'Name of the dataset', schema: { type: 'string', example: 'voices' } });

export const versionParam = ApiParam({
  name: 'number',
  description: 'Number of the version, or `newest`',
  schema: { type: 'string', example: '1' },
});
