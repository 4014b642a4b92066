import { pipeline } from 'node:stream/promises';
import { sniffBytes } from '@earshot/audio';
import type { ClipRow } from '@earshot/database';
import type { BlobRef, BlobStore } from '@earshot/storage';
import type { Request, Response } from 'express';
import { matches } from '../requests/etag.js';
import { hasLeft } from '../requests/send-stream.js';
import { audioType } from './audio-type.js';
import { byteRange } from './byte-range.js';
import { attachment } from './content-disposition.js';

/** Sends a clip's bytes, or the range of them that is asked for. They never change, so caches may keep them for good. */
export async function sendAudio(
  request: Request,
  response: Response,
  { clip, store, workspaceId }: { clip: ClipRow; store: BlobStore; workspaceId: string },
): Promise<void> {
  const ref = { workspaceId, sha256: clip.sha256 };
  const etag = `"${clip.sha256}"`;
  response.setHeader('ETag', etag).setHeader('Cache-Control', 'private, max-age=31536000, immutable');
  if (matches(request.get('if-none-match'), etag)) {
    response.status(304).end();
    return;
  }
  response.setHeader('Accept-Ranges', 'bytes');
  const ifRange = request.get('if-range');
  const range = ifRange === undefined || ifRange === etag ? rangeOf(request, response, clip.sizeBytes) : null;
  response.setHeader('Content-Type', audioType(await headOf(store, ref, clip.sizeBytes)));
  response.setHeader('Content-Disposition', attachment(clip.filename));
  response.setHeader('Content-Length', range === null ? clip.sizeBytes : range.end - range.start + 1);
  if (range !== null) response.status(206).setHeader('Content-Range', `bytes ${range.start}-${range.end}/${clip.sizeBytes}`);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const bytes = await store.read(ref, range ?? undefined);
  try {
    await pipeline(bytes, response);
  } catch (error) {
    if (!hasLeft(error)) throw error;
  }
}

function rangeOf(request: Request, response: Response, sizeBytes: number) {
  try {
    return byteRange(request.get('range'), sizeBytes);
  } catch (error) {
    response.setHeader('Content-Range', `bytes */${sizeBytes}`).removeHeader('Cache-Control');
    throw error;
  }
}

async function headOf(store: BlobStore, ref: BlobRef, sizeBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await store.read(ref, { start: 0, end: Math.min(sizeBytes, sniffBytes) - 1 })) chunks.push(chunk);
  return Buffer.concat(chunks);
}
