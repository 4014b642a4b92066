import type { StoredClip } from './batch.js';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const mostLetters = 255;

/** The clips that lines of JSON name, or what is wrong with the first line that names none; empty lines are nothing. */
export function clipsOfLines(text: string): { clips: StoredClip[] } | { fault: string } {
  const clips: StoredClip[] = [];
  for (const [place, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const clip = clipOf(line);
    if (typeof clip === 'string') return { fault: `Line ${place + 1} ${clip}` };
    clips.push(clip);
  }
  return { clips };
}

function clipOf(line: string): StoredClip | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is not JSON';
  }
  if (typeof value !== 'object' || value === null || !('clipId' in value)) return 'has no clipId';
  const { clipId, customId }: { clipId: unknown; customId?: unknown } = value;
  if (typeof clipId !== 'string' || !uuid.test(clipId)) return 'has a clipId that is no id of a clip';
  if (customId === undefined) return { clipId };
  if (typeof customId !== 'string' || customId === '' || customId.length > mostLetters)
    return `has a customId that is no text of 1 to ${mostLetters} letters`;
  return { clipId, customId };
}
