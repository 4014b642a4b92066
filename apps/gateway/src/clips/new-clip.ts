import type { NewClip } from '@earshot/database';
import { v7 as uuid } from 'uuid';
import type { ReceivedFile } from '../uploads/receive-form.js';

export function newClip({ filename, sha256, sizeBytes }: ReceivedFile): NewClip {
  return { id: uuid(), filename, sha256, sizeBytes };
}
