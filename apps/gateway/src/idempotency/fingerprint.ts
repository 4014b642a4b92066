import { createHash } from 'node:crypto';
import { canonicalJson } from '@earshot/contracts';
import type { ReceivedFile } from '../uploads/receive-form.js';

/** SHA-256 of what a JSON request says: the order of its members and its white space do not count. */
export function fingerprintOf(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}

/** Of the names and contents of uploaded files, in their order. */
export function fingerprintOfFiles(files: ReceivedFile[]): string {
  return fingerprintOf(files.map(({ filename, sha256 }) => [filename, sha256]));
}
