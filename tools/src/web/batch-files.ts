// What people drop on the page: sounds, and between them what is none, and what only begins like one.
import { wavFile } from '@earshot/audio';

export interface BatchFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Half a second of a tone, another one for each number. */
export function toneFile(number: number): BatchFile {
  const sampleRate = 16_000;
  const samples = Float32Array.from(
    { length: sampleRate / 2 },
    (_, i) => 0.4 * Math.sin((2 * Math.PI * (220 + 5 * number) * i) / sampleRate),
  );
  return { name: `tone ${number}.wav`, bytes: Uint8Array.from(wavFile([samples], { sampleRate, sampleFormat: 'pcm16' })) };
}

/** Refused when it is sent. */
export const notesFile: BatchFile = { name: 'notes.txt', bytes: new TextEncoder().encode('no sound at all') };

/** Taken, for it begins like a FLAC file; no worker can decode it. */
export function brokenFile(name: string): BatchFile {
  return { name, bytes: new TextEncoder().encode(`fLaC${name} and nothing that a decoder could use`.padEnd(400, '.')) };
}
