// npm run bench -- features [--against-librosa PYTHON]: time of each profile, one thread, warm, and its ratio to librosa's.
import { parseArgs } from 'node:util';
import { electro45, extract, logmel128, mfcc49x40, type Profile, pcmInMemory, talent37 } from '@earshot/features';
import { LibrosaPeer, type PeerProfile, type Times } from '../librosa/peer.js';
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

const rounds = 9;
/** A processor that did something else needs some milliseconds until it is fast again. */
const wakingMs = 100;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'against-librosa': { type: 'string' } } });
  const python = values['against-librosa'];
  const peer = python === undefined ? undefined : new LibrosaPeer(python);
  let isMissed = false;
  const theirColumns = peer ? ' librosa ms | processor ms | ratio | of processor time | goal |' : '';
  console.log(`| case | ours ms | processor ms |${theirColumns}\n|---|---|---|${peer ? '---|---|---|---|---|' : ''}`);
  try {
    for (const item of await cases()) {
      const ours: Times = { ms: [], processorMs: [] };
      const theirs: Times = { ms: [], processorMs: [] };
      for (let round = 0; round < rounds; round++) {
        add(ours, timed(item)); // in turn, so that both see the same machine
        if (peer) add(theirs, await peer.times(item.peer, item.samples, item.profile.sampleRate, item.repeat));
      }
      const [wall, processor] = [lowerQuartile(ours.ms), lowerQuartile(ours.processorMs)];
      let line = `| ${item.profile.id}, ${item.name} | ${wall.toFixed(3)} | ${processor.toFixed(3)} |`;
      if (peer) {
        const [theirWall, theirProcessor] = [lowerQuartile(theirs.ms), lowerQuartile(theirs.processorMs)];
        const ratio = theirWall / wall;
        if (ratio < item.goal) isMissed = true;
        const ratios = `${ratio.toFixed(1)} | ${(theirProcessor / processor).toFixed(1)}`;
        line += ` ${theirWall.toFixed(2)} | ${theirProcessor.toFixed(2)} | ${ratios} | ≥ ${item.goal} |`;
      }
      console.log(line);
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
      { ...vector, name: '30 s of music', samples: music, repeat: 3, goal: vector.profile === talent37 ? 20 : 25 },
      { ...vector, name: '30 s of white noise', samples: noise, repeat: 3, goal: 18 },
      { ...vector, name: '1 s of music', samples: second(22_050), repeat: 20, goal: 40 },
    ]),
    { name: '5 s of music', profile: logmel128, peer: 'logmel128', samples: song.slice(0, 5 * 22_050), repeat: 20, goal: 8 },
    { name: '1 s of music', profile: mfcc49x40, peer: 'mfcc49x40', samples: second(16_000), repeat: 20, goal: 14 },
  ];
}

/** Calls one after the other; processor time is the mean of the round, with what V8's other threads use. */
function timed({ profile, samples, repeat }: Case): Times {
  const call = () => {
    const start = performance.now();
    extract([profile], () => pcmInMemory(samples, profile.sampleRate));
    return performance.now() - start;
  };
  const waking = performance.now();
  while (performance.now() - waking < wakingMs) call();
  const before = process.cpuUsage();
  const ms = Array.from({ length: repeat * 4 }, call);
  const { user, system } = process.cpuUsage(before);
  return { ms, processorMs: [(user + system) / 1000 / ms.length] };
}

function add(all: Times, more: Times): void {
  all.ms.push(...more.ms);
  all.processorMs.push(...more.processorMs);
}

/** Of both sides: what else the machine does makes single calls longer, never shorter. */
function lowerQuartile(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 2] ?? Number.NaN;
}
