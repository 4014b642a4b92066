import type { Random } from '../../random.js';
import { type Patch, patch } from '../synthesis/patch.js';

/** The voices that the genres are made of; each pack has its own, a little apart from those of the next. */
export interface Kit {
  kick: Patch;
  snare: Patch;
  clap: Patch;
  hat: Patch;
  openHat: Patch;
  rim: Patch;
  sub: Patch;
  reese: Patch;
  wobble: Patch;
  acid: Patch;
  plucked: Patch;
  stab: Patch;
  supersaw: Patch;
  pad: Patch;
  bell: Patch;
  air: Patch;
}

/** `root` is the lowest note of the pack in Hz, `hardness` from 0 to 1. */
export function kitOf(random: Random, root: number, hardness: number): Kit {
  const about = (value: number) => value * random.between(0.85, 1.18);
  const noise = { toneLevel: 0, noiseLevel: 1 };
  return {
    kick: patch({
      hz: about(46),
      sweepOctaves: about(2.2 + hardness),
      sweepSeconds: about(0.022),
      decay: about(0.14 - 0.05 * hardness),
      drive: 1.2 + 3 * hardness,
      noiseLevel: 0.2 + 0.3 * hardness,
      noiseSeconds: 0.004,
      noiseHz: 4000,
      cutoffHz: 9000,
    }),
    snare: patch({
      wave: 'triangle',
      hz: about(190),
      sweepOctaves: 0.5,
      sweepSeconds: 0.02,
      toneLevel: 0.5,
      decay: about(0.09),
      noiseLevel: 1.6,
      noiseSeconds: about(0.12),
      noiseHz: about(3000),
      noiseQ: 0.5,
      drive: 1.2 + hardness,
      roomLevel: 0.08,
      roomSeconds: 0.3,
    }),
    clap: patch({
      ...noise,
      noiseSeconds: about(0.05),
      noiseHz: about(1400),
      noiseQ: 1,
      bursts: 3,
      burstSeconds: 0.011,
      decay: about(0.11),
      roomLevel: 0.25,
      roomSeconds: 0.4,
    }),
    hat: patch({
      ...noise,
      filter: 'high',
      noiseSeconds: about(0.03),
      noiseHz: 9500,
      noiseQ: 0.5,
      cutoffHz: about(7500),
      decay: about(0.025),
    }),
    openHat: patch({
      ...noise,
      filter: 'high',
      noiseSeconds: about(0.3),
      noiseHz: 9000,
      noiseQ: 0.5,
      cutoffHz: about(6500),
      decay: about(0.1),
    }),
    rim: patch({
      wave: 'triangle',
      filter: 'band',
      chord: [0, 9.3],
      hz: about(900),
      cutoffHz: about(1800),
      resonance: 2,
      decay: about(0.018),
      attack: 0.0005,
    }),
    sub: patch({ hz: root, drive: 1.3, attack: 0.004, decay: 0.3, sustain: 0.8, hold: 0.2, release: 0.02 }),
    reese: patch({
      wave: 'saw',
      hz: root,
      voices: 3,
      detuneCents: about(22),
      cutoffHz: about(700),
      resonance: 1.2,
      swingOctaves: 0.7,
      swingHz: about(0.9),
      sustain: 0.9,
      decay: 0.4,
      attack: 0.01,
      release: 0.03,
      drive: 1.6 + 2 * hardness,
    }),
    wobble: patch({
      wave: 'saw',
      hz: root,
      voices: 2,
      detuneCents: 9,
      cutoffHz: about(420),
      resonance: about(3),
      swingOctaves: 2,
      swingHz: 4.667,
      sustain: 0.95,
      decay: 0.4,
      attack: 0.006,
      release: 0.02,
      drive: 2 + 3 * hardness,
    }),
    acid: patch({
      wave: 'saw',
      hz: 2 * root,
      cutoffHz: about(380),
      cutoffOctaves: about(2.2),
      cutoffSeconds: about(0.07),
      resonance: about(5),
      decay: about(0.12),
      drive: 2 + 2 * hardness,
    }),
    plucked: patch({
      wave: 'square',
      hz: 4 * root,
      cutoffHz: about(700),
      cutoffOctaves: 2,
      cutoffSeconds: 0.06,
      resonance: 1.2,
      decay: about(0.09),
      echoLevel: 0.3,
      echoSeconds: 0.18,
      roomLevel: 0.1,
      roomSeconds: 0.5,
    }),
    stab: patch({
      wave: 'saw',
      hz: 4 * root,
      chord: [0, 3, 7, 10],
      voices: 2,
      detuneCents: 7,
      cutoffHz: about(1500),
      cutoffOctaves: 1,
      cutoffSeconds: 0.1,
      decay: about(0.1),
      roomLevel: 0.2,
      roomSeconds: 0.5,
    }),
    supersaw: patch({
      wave: 'saw',
      hz: 4 * root,
      voices: 4,
      detuneCents: about(17),
      cutoffHz: about(5000),
      attack: 0.004,
      decay: about(0.12),
      roomLevel: 0.2,
      roomSeconds: 0.7,
      echoLevel: 0.25,
      echoSeconds: 0.32,
    }),
    pad: patch({
      wave: 'saw',
      hz: 4 * root,
      chord: [0, 3, 7, 14],
      voices: 3,
      detuneCents: about(11),
      cutoffHz: about(900),
      swingOctaves: 0.6,
      swingHz: about(0.35),
      attack: about(0.5),
      decay: 1,
      sustain: 0.9,
      release: 0.25,
      roomLevel: 0.5,
      roomSeconds: 1.5,
    }),
    bell: patch({
      hz: 8 * root,
      fmRatio: about(2.76),
      fmIndex: about(1.4),
      fmSeconds: 0.3,
      decay: about(0.3),
      echoLevel: 0.4,
      echoSeconds: about(0.36),
      roomLevel: 0.4,
      roomSeconds: 1.4,
    }),
    air: patch({
      ...noise,
      noiseSeconds: 8,
      noiseHz: about(1600),
      noiseQ: 0.4,
      filter: 'band',
      cutoffHz: about(1300),
      swingOctaves: 1,
      swingHz: about(0.4),
      attack: 0.6,
      decay: 1,
      sustain: 0.9,
      release: 0.3,
    }),
  };
}
