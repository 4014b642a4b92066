import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { clipLine } from '@earshot/contracts';
import type { NewItem } from '@earshot/database';
import { jsonLines } from '../requests/json-lines.js';
import type { BodyLimits } from '../uploads/limits.js';
import type { StoredClips } from './work.service.js';

/** The clips that a body of JSON lines names, read while they are written: memory does not grow with their number. */
export function clipsOfLines(request: IncomingMessage, limits: BodyLimits): StoredClips {
  const hash = createHash('sha256');
  let fingerprint: string | undefined;
  async function* items(): AsyncGenerator<NewItem> {
    for await (const { clipId, customId = null } of jsonLines(request, clipLine, limits)) {
      hash.update(JSON.stringify([clipId, customId])).update('\n');
      yield { clipId, customId };
    }
  }
  return { items: items(), metadata: {}, count: null, fingerprint: () => (fingerprint ??= hash.digest('hex')) };
}
