import { sniffBytes } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';
import type { ClipRow } from '@earshot/database';
import type { BlobRef, BlobStore } from '@earshot/storage';
import type { Request } from 'express';
import { type Answer, failed } from '../requests/answer.js';
import { matches } from '../requests/etag.js';
import { audioType } from './audio-type.js';
import { byteRange } from './byte-range.js';
import { attachment } from './content-disposition.js';

/** A clip's bytes, or the range of them that is asked for. They never change, so caches may keep them for good. */
export async function audioAnswer(
  request: Request,
  { clip, store, workspaceId }: { clip: ClipRow; store: BlobStore; workspaceId: string },
): Promise<Answer> {
  const ref = { workspaceId, sha256: clip.sha256 };
  const etag = `"${clip.sha256}"`;
  const cached = { ETag: etag, 'Cache-Control': 'private, max-age=31536000, immutable' };
  if (matches(request.get('if-none-match'), etag)) return { status: 304, headers: cached, body: null };
  const range = rangeOf(request, etag, clip.sizeBytes);
  if (range instanceof EarshotError) return failed(range, { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes */${clip.sizeBytes}` });
  return {
    status: range === null ? 200 : 206,
    headers: {
      ...cached,
      'Accept-Ranges': 'bytes',
      'Content-Disposition': attachment(clip.filename),
      'Content-Length': range === null ? clip.sizeBytes : range.end - range.start + 1,
      ...(range === null ? {} : { 'Content-Range': `bytes ${range.start}-${range.end}/${clip.sizeBytes}` }),
    },
    body: { type: audioType(await headOf(store, ref, clip.sizeBytes)), stream: () => store.read(ref, range ?? undefined) },
  };
}

function rangeOf(request: Request, etag: string, sizeBytes: number) {
  const ifRange = request.get('if-range');
  if (ifRange !== undefined && ifRange !== etag) return null;
  try {
    return byteRange(request.get('range'), sizeBytes);
  } catch (error) {
    if (error instanceof EarshotError) return error;
    throw error;
  }
}

async function headOf(store: BlobStore, ref: BlobRef, sizeBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await store.read(ref, { start: 0, end: Math.min(sizeBytes, sniffBytes) - 1 })) chunks.push(chunk);
  return Buffer.concat(chunks);
}
