// To hear what a line of a list is: one sound at a time, whoever begins ends the one before.
import { useEffect } from 'react';
import { queries } from '../api/queries.js';
import { Shared, useSharedPart } from '../shared.js';
import { audioQuery } from './audio.js';

interface Sounding {
  clipId: string;
  audio: HTMLAudioElement;
}

const sounding = new Shared<Sounding | null>(null);

/** Whether the clip sounds; it ends when the component does. */
export function useSounding(clipId: string): boolean {
  useEffect(() => () => stopPreview(clipId), [clipId]);
  return useSharedPart(sounding, (now) => now?.clipId === clipId);
}

export async function playPreview(clipId: string): Promise<void> {
  const audio = new Audio();
  become({ clipId, audio });
  const over = () => sounding.value?.audio === audio && become(null);
  audio.onended = over;
  audio.onerror = over; // a format that only the server can read
  try {
    const sound = await queries.fetchQuery(audioQuery(clipId));
    if (sounding.value?.audio !== audio) return;
    audio.src = typeof sound === 'string' ? sound : URL.createObjectURL(sound);
    await audio.play();
  } catch {
    over();
  }
}

/** Ends the clip, if it is the one that sounds. */
export function stopPreview(clipId: string): void {
  if (sounding.value?.clipId === clipId) become(null);
}

function become(next: Sounding | null): void {
  const before = sounding.value?.audio;
  before?.pause();
  if (before?.src.startsWith('blob:')) URL.revokeObjectURL(before.src);
  sounding.become(next);
}
