// npm run bench -- features [--against-librosa PYTHON]: time of each profile, one thread, warm, and its ratio to librosa's.
import { parseArgs } from 'node:util';
import { electro45, extract, logmel128, mfcc49x40, type Profile, pcmInMemory, talent37 } from '@earshot/features';
import { LibrosaPeer, type PeerProfile } from '../librosa/peer.js';
import { readClip } from '../parity/clip.js';
import { goldenFolder } from '../parity/golden.js';
import { whiteNoise } from './features/white-noise.js';

interface Case {
  name: string;
  profile: Profile;
  peer: PeerProfile;
  samples: Float32Array;
  repeat: number;
  goal: number;
}

const rounds = 5;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'against-librosa': { type: 'string' } } });
  const python = values['against-librosa'];
  const peer = python === undefined ? undefined : new LibrosaPeer(python);
  let isMissed = false;
  console.log(`| case | ours ms |${peer ? ' librosa ms | ratio | goal |' : ''}\n|---|---|${peer ? '---|---|---|' : ''}`);
  try {
    for (const item of await cases()) {
      const ours: number[] = [];
      const theirs: number[] = [];
      timed(item, Math.max(20, item.repeat)); // warm
      for (let round = 0; round < rounds; round++) {
        ours.push(...timed(item, item.repeat * 4)); // in turn, so that both see the same machine
        if (peer) theirs.push(...(await peer.times(item.peer, item.samples, item.profile.sampleRate, item.repeat)));
      }
      const ratio = median(theirs) / median(ours);
      if (ratio < item.goal) isMissed = true;
      const against = peer ? ` ${median(theirs).toFixed(2)} | ${ratio.toFixed(1)} | ≥ ${item.goal} |` : '';
      console.log(`| ${item.profile.id}, ${item.name} | ${median(ours).toFixed(3)} |${against}`);
    }
  } finally {
    peer?.close();
  }
  if (isMissed) process.exitCode = 1;
}

async function cases(): Promise<Case[]> {
  const song = (await readClip(`${goldenFolder}audio/song-120bpm.wav`)).samples; // 15 s at 22,050 Hz
  const music = new Float32Array(2 * song.length);
  music.set(song);
  music.set(song, song.length);
  const noise = whiteNoise(30 * 22_050);
  const second = (rate: number) => song.slice(0, rate);
  const vectors = [
    { profile: talent37, peer: 'talent37' },
    { profile: electro45, peer: 'electro45' },
  ] as const;
  return [
    ...vectors.flatMap((vector) => [
      { ...vector, name: '30 s of music', samples: music, repeat: 3, goal: 15 },
      { ...vector, name: '30 s of white noise', samples: noise, repeat: 3, goal: 10 },
      { ...vector, name: '1 s of music', samples: second(22_050), repeat: 20, goal: 25 },
    ]),
    { name: '5 s of music', profile: logmel128, peer: 'logmel128', samples: song.slice(0, 5 * 22_050), repeat: 20, goal: 4 },
    { name: '1 s of music', profile: mfcc49x40, peer: 'mfcc49x40', samples: second(16_000), repeat: 20, goal: 4 },
  ];
}

function timed({ profile, samples }: Case, repeat: number): number[] {
  return Array.from({ length: repeat }, () => {
    const start = performance.now();
    extract([profile], () => pcmInMemory(samples, profile.sampleRate));
    return performance.now() - start;
  });
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
