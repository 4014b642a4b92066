import type { IncomingMessage } from 'node:http';
import type { ClipIdsRequest } from '@earshot/contracts';
import type { z } from 'zod';
import { fingerprintOf } from '../idempotency/fingerprint.js';
import { jsonBody } from '../requests/json-body.js';
import { parse } from '../requests/parse.js';
import { refuseUnstorableText } from '../requests/storable.js';
import type { BodyLimits } from '../uploads/limits.js';
import type { ClipsWork } from './work.service.js';

/** The clips that a JSON body names. */
export async function clipsWorkOfJson(
  request: IncomingMessage,
  schema: z.ZodType<ClipIdsRequest>,
  { maxJsonBytes }: BodyLimits,
): Promise<ClipsWork> {
  const asked = parse(schema, await jsonBody(request, maxJsonBytes));
  refuseUnstorableText(asked);
  return {
    items: asked.clipIds.map((clipId, index) => ({ clipId, customId: asked.customIds?.[index] ?? null })),
    metadata: asked.metadata ?? {},
    count: asked.clipIds.length,
    fingerprint: () => fingerprintOf(asked),
  };
}
