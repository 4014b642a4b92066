import type { IncomingMessage } from 'node:http';
import type { ClipIdsRequest } from '@earshot/contracts';
import type { z } from 'zod';
import { fingerprintOf } from '../idempotency/fingerprint.js';
import { jsonBody } from '../requests/json-body.js';
import { parse } from '../requests/parse.js';
import { refuseUnstorableText } from '../requests/storable.js';
import type { BodyLimits } from '../uploads/limits.js';
import type { ClipsWork } from './work.service.js';

/** The clips that a JSON body names, and the options that stand beside them. */
export async function clipsWorkOfJson(
  request: IncomingMessage,
  schema: z.ZodType<ClipIdsRequest>,
  { maxJsonBytes }: BodyLimits,
): Promise<{ work: ClipsWork; more: object }> {
  const asked = parse(schema, await jsonBody(request, maxJsonBytes));
  refuseUnstorableText(asked);
  const { clipIds, customIds, metadata = {}, ...more } = asked;
  const work = {
    items: clipIds.map((clipId, index) => ({ clipId, customId: customIds?.[index] ?? null })),
    metadata,
    count: clipIds.length,
    fingerprint: () => fingerprintOf(asked),
  };
  return { work, more };
}
