import { EarshotError } from '@earshot/contracts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function clipIdOf(text: string): string {
  if (!uuid.test(text)) throw new EarshotError('CLIP_NOT_FOUND', `There is no clip ${text.slice(0, 100)}`);
  return text.toLowerCase();
}

export function jobIdOf(text: string): string {
  if (!uuid.test(text)) throw new EarshotError('JOB_NOT_FOUND', `There is no job ${text.slice(0, 100)}`);
  return text.toLowerCase();
}
