// npm run bench -- features [--against-librosa PYTHON]: time of each profile, one thread, warm, and its ratio to librosa's.
import { parseArgs } from 'node:util';
import { electro45, extract, logmel128, mfcc49x40, type Profile, pcmInMemory, sound97, talent37 } from '@earshot/features';
import { LibrosaPeer, type PeerProfile, type Times } from '../librosa/peer.js';
import { readClip } from '../parity/clip.js';
import { goldenFolder } from '../parity/golden.js';
import { whiteNoise } from './features/white-noise.js';
import { lowerQuartile } from './timing/quantiles.js';

interface Case {
  name: string;
  profile: Profile;
  /** What librosa computes beside it, and how many times as long that should take at least; `sound-97@1` is not librosa's. */
  against?: { peer: PeerProfile; goal: number };
  samples: Float32Array;
  repeat: number;
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
        if (peer && item.against) add(theirs, await peer.times(item.against.peer, item.samples, item.profile.sampleRate, item.repeat));
      }
      const [wall, processor] = [lowerQuartile(ours.ms), lowerQuartile(ours.processorMs)];
      let line = `| ${item.profile.id}, ${item.name} | ${wall.toFixed(3)} | ${processor.toFixed(3)} |`;
      if (peer && item.against) {
        const [theirWall, theirProcessor] = [lowerQuartile(theirs.ms), lowerQuartile(theirs.processorMs)];
        const ratio = theirWall / wall;
        if (ratio < item.against.goal) isMissed = true;
        const ratios = `${ratio.toFixed(1)} | ${(theirProcessor / processor).toFixed(1)}`;
        line += ` ${theirWall.toFixed(2)} | ${theirProcessor.toFixed(2)} | ${ratios} | ≥ ${item.against.goal} |`;
      } else if (peer) line += ' | | | | |';
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
  const loop = (await readClip(`${goldenFolder}audio/song-44k-stereo.wav`)).samples.slice(0, 3 * 44_100);
  const vectors = [
    { profile: talent37, peer: 'talent37', goals: [20, 18, 40] },
    { profile: electro45, peer: 'electro45', goals: [25, 18, 40] },
  ] as const;
  return [
    ...vectors.flatMap(({ profile, peer, goals: [ofMusic, ofNoise, ofSecond] }) => [
      { profile, against: { peer, goal: ofMusic }, name: '30 s of music', samples: music, repeat: 3 },
      { profile, against: { peer, goal: ofNoise }, name: '30 s of white noise', samples: noise, repeat: 3 },
      { profile, against: { peer, goal: ofSecond }, name: '1 s of music', samples: second(22_050), repeat: 20 },
    ]),
    { profile: logmel128, against: { peer: 'logmel128', goal: 8 }, name: '5 s of music', samples: song.slice(0, 5 * 22_050), repeat: 20 },
    { profile: mfcc49x40, against: { peer: 'mfcc49x40', goal: 14 }, name: '1 s of music', samples: second(16_000), repeat: 20 },
    { profile: sound97, name: '3 s of music', samples: loop, repeat: 10 },
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
