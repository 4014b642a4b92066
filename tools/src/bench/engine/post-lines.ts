import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { NewItem } from '@earshot/database';
import { z } from 'zod';

const accepted = z.object({ counts: z.object({ total: z.int() }) });

/** Asks for a job over a list of lines; returns how many items it has. */
export async function post(url: string, lines: Iterable<string>): Promise<number> {
  const upload = request(`${url}/api/v1/descriptions`, { method: 'POST', headers: { 'Content-Type': 'application/jsonl' } });
  const answered = new Promise<IncomingMessage>((resolve, reject) => upload.once('response', resolve).once('error', reject));
  await pipeline(Readable.from(inPieces(lines)), upload);
  const response = await answered;
  const body = await text(response);
  if (response.statusCode !== 202) throw new Error(`The gateway answered ${response.statusCode} ${body}`);
  return accepted.parse(JSON.parse(body)).counts.total;
}

export function* itemsOver(ids: string[], count: number): Generator<NewItem> {
  for (let i = 0; i < count; i++) yield { clipId: ids[i % ids.length] ?? null, customId: `item ${i}` };
}

export function* linesOver(ids: string[], count: number): Generator<string> {
  for (const item of itemsOver(ids, count)) yield `${JSON.stringify(item)}\n`;
}

/** A write for each line would measure the client. */
function* inPieces(lines: Iterable<string>): Generator<Buffer> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < 65_536) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(piece);
}
