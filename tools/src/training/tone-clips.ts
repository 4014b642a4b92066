import { wavFile } from '@earshot/audio';
import { Random } from '@earshot/learning';

/** A clip for a training that a test can judge: a tone in noise. Which of two ranges its pitch is in is the label. */
export interface ToneClip {
  name: string;
  label: 'high' | 'low';
  /** Clips of a group share their noise's colour and loudness. */
  group: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const sampleRate = 22_050;
const clipsOfGroup = 4;

/** As many clips, half of each label; groups have both labels. `overlap` 0: no clip can be mistaken; 1: the label says nothing. */
export function toneClips(count: number, { seed = 1, seconds = 0.5, overlap = 0.2 } = {}): ToneClip[] {
  return Array.from({ length: count }, (_, i) => {
    const random = new Random(seed, 'tone', i);
    const group = Math.floor(i / clipsOfGroup);
    const label = i % 2 === 0 ? 'low' : 'high';
    const isMistaken = random.uniform(0) < overlap / 2;
    const isHigh = (label === 'high') !== isMistaken;
    const frequencyHz = (isHigh ? 900 : 300) * (0.8 + 0.4 * random.uniform(1));
    const level = 0.05 + 0.1 * new Random(seed, 'group', group).uniform(0);
    const samples = Float32Array.from({ length: seconds * sampleRate }, (_, t) => {
      return 0.3 * Math.sin((2 * Math.PI * frequencyHz * t) / sampleRate) + level * (random.uniform(2 + t) - 0.5);
    });
    const bytes = Uint8Array.from(wavFile([samples], { sampleRate }));
    return { name: `${label}-${group}-${i}.wav`, label, group: `g${group}`, bytes };
  });
}
