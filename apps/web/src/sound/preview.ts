// To hear what a line of a list is: one sound at a time, whoever begins ends the one before.
import { useEffect, useSyncExternalStore } from 'react';
import { queries } from '../api/queries.js';
import { audioQuery } from './audio.js';

let sounding: { clipId: string; audio: HTMLAudioElement } | null = null;
const listeners = new Set<() => void>();

/** Whether the clip sounds; it ends when the component does. */
export function useSounding(clipId: string): boolean {
  useEffect(() => () => stopPreview(clipId), [clipId]);
  return useSyncExternalStore(subscribe, () => sounding?.clipId === clipId);
}

export async function playPreview(clipId: string): Promise<void> {
  const audio = new Audio();
  become({ clipId, audio });
  const over = () => sounding?.audio === audio && become(null);
  audio.onended = over;
  audio.onerror = over; // a format that only the server can read
  try {
    const sound = await queries.fetchQuery(audioQuery(clipId));
    if (sounding?.audio !== audio) return;
    audio.src = typeof sound === 'string' ? sound : URL.createObjectURL(sound);
    await audio.play();
  } catch {
    over();
  }
}

/** Ends the clip, if it is the one that sounds. */
export function stopPreview(clipId: string): void {
  if (sounding?.clipId === clipId) become(null);
}

function become(next: typeof sounding): void {
  const before = sounding?.audio;
  sounding = next;
  before?.pause();
  if (before?.src.startsWith('blob:')) URL.revokeObjectURL(before.src);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
