import type { LinkObject } from '@nestjs/swagger';

/** Where an answer that names a job leads: its id, wherever it stands in the answer, goes into these operations. */
export function jobLinks(id: string): Record<string, LinkObject> {
  const operations = ['getJob', 'listJobItems', 'getJobResult', 'streamJobEvents', 'cancelJob', 'retryJob'];
  return Object.fromEntries(operations.map((operationId) => [operationId, { operationId, parameters: { id } }]));
}

/** Where an uploaded clip leads. */
export function clipLinks(id: string): Record<string, LinkObject> {
  const operations = ['getClip', 'getClipAudio', 'listClipPredictions', 'deleteClip'];
  return Object.fromEntries(operations.map((operationId) => [operationId, { operationId, parameters: { id } }]));
}
