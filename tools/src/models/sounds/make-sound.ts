// Ten environmental sounds, made from a seed by what makes them: turning parts, drops, clicks, strikes, air. No recording is among them.
import type { Random } from '../../random.js';
import { decaying, harmonics, highpass, lowpass, moments, noise, place, resonance, samplesOf, soundRate, wandering } from './synth.js';

type Maker = (random: Random, length: number) => Float32Array;

const makers: Readonly<Record<string, Maker>> = {
  bell: (random, length) => {
    const out = new Float32Array(length);
    const root = random.between(250, 1_100);
    const partials = [0.5, 1, 1.19, 1.5, 2, 2.52, 2.66, 3.01, 4.1].map((ratio) => ({ ratio, gain: random.between(0.2, 1) / ratio }));
    const strikes = 1 + random.below(4);
    for (let n = 0; n < strikes; n++) {
      const lasting = random.between(0.3, 1.6);
      for (const { ratio, gain } of partials) {
        const tone = harmonics(Math.min(length, samplesOf(5 * lasting)), () => root * ratio, [1]); // after five of them it is 43 dB down
        place(out, decaying(tone, lasting / Math.sqrt(ratio)), Math.floor((n * length) / strikes), gain);
      }
    }
    return out;
  },

  clock: (random, length) => {
    const out = new Float32Array(length);
    const step = random.between(0.25, 1) * soundRate;
    const hz = [random.between(1_800, 3_500), random.between(2_200, 4_500)];
    for (let n = 0, at = random.between(0, step); at < length; n++, at += step) {
      const click = decaying(noise(random, samplesOf(0.06)), random.between(0.003, 0.008));
      place(
        out,
        resonance(click, () => hz[n % 2]!, random.between(150, 500)),
        Math.floor(at),
        random.between(0.8, 1),
      );
    }
    return out;
  },

  crackle: (random, length) => {
    const out = lowpass(noise(random, length), random.between(80, 250)).map((value) => value * random.between(0.2, 0.3));
    for (const at of moments(random, length, random.between(8, 35))) {
      const pop = decaying(noise(random, samplesOf(0.02)), random.between(0.0004, 0.003));
      place(out, highpass(pop, random.between(400, 1_500)), at, 0.15 - 0.5 * Math.log(1 - random.next()));
    }
    return out;
  },

  dog: (random, length) => {
    const out = new Float32Array(length);
    const pitch = random.between(250, 600);
    const formants = [random.between(600, 1_100), random.between(1_400, 2_200)];
    const gap = random.between(0.25, 0.9) * soundRate;
    const barks = 1 + random.below(5);
    for (let n = 0, at = random.between(0, 0.4) * soundRate; n < barks; n++, at += gap * random.between(0.8, 1.2)) {
      const count = samplesOf(random.between(0.12, 0.3));
      const arc = (i: number) => Math.sin(Math.PI * Math.min(1, (1.2 * i) / count + 0.15));
      const voice = harmonics(
        count,
        (i) => pitch * (0.7 + 0.5 * arc(i)),
        Array.from({ length: 14 }, (_, h) => 1 / (h + 1) ** 0.7),
      );
      const rough = noise(random, count).map((value, i) => (voice[i]! + random.between(0.6, 1.4) * value) * arc(i) ** 2);
      for (const hz of formants)
        place(
          out,
          resonance(rough, () => hz, 180),
          Math.floor(at),
          1,
        );
      place(out, rough, Math.floor(at), 0.1);
    }
    return out;
  },

  engine: (random, length) => {
    const base = random.between(22, 75);
    const [slow, fast] = [wandering(random, 0.25), wandering(random, 3)];
    const depth = random.between(0.02, 0.3);
    const tilt = random.between(0.8, 1.3);
    const gains = Array.from({ length: 40 }, (_, h) => random.between(0.3, 1) / (h + 1) ** tilt);
    const hum = harmonics(length, (i) => base * (1 + depth * slow(i) + 0.01 * fast(i)), gains);
    const rattle = lowpass(noise(random, length), random.between(300, 1_200)).map((value, i) => value * Math.abs(hum[i]!));
    const share = random.between(0.5, 2);
    return hum.map((value, i) => value + share * rattle[i]!);
  },

  footsteps: (random, length) => {
    const out = new Float32Array(length);
    const step = random.between(0.38, 0.75) * soundRate;
    const [thump, scuff] = [random.between(60, 160), random.between(500, 1_800)];
    const hardness = random.between(0.2, 1.2);
    for (let at = random.between(0, step); at < length; at += step * random.between(0.9, 1.1)) {
      const loudness = random.between(0.7, 1);
      const body = harmonics(samplesOf(0.2), (i) => thump * Math.exp(-i / (0.2 * soundRate)), [1, 0.4]);
      place(out, decaying(body, 0.05), Math.floor(at), loudness);
      const sole = resonance(noise(random, samplesOf(0.15)), () => scuff, 900);
      place(out, decaying(sole, random.between(0.015, 0.05)), Math.floor(at + random.between(0, 0.03) * soundRate), hardness * loudness);
    }
    return out;
  },

  keyboard: (random, length) => {
    const out = new Float32Array(length);
    const [low, high] = [random.between(900, 1_800), random.between(2_500, 5_500)];
    for (const at of moments(random, length, random.between(4, 10))) {
      for (const [after, gain] of [
        [0, 1],
        [random.between(0.06, 0.13), random.between(0.3, 0.6)],
      ] as const) {
        const click = decaying(noise(random, samplesOf(0.05)), random.between(0.002, 0.006));
        const body = resonance(click, () => low * random.between(0.99, 1.01), 700);
        place(out, body, Math.floor(at + after * soundRate), gain * random.between(0.7, 1));
        place(
          out,
          resonance(click, () => high, 1_500),
          Math.floor(at + after * soundRate),
          0.7 * gain,
        );
      }
    }
    return out;
  },

  rain: (random, length) => {
    const strength = wandering(random, 0.3);
    const out = highpass(noise(random, length), random.between(500, 2_000)).map((value, i) => value * (0.25 + 0.05 * strength(i)));
    for (const at of moments(random, length, random.between(150, 700))) {
      const hz = random.between(1_500, 8_000);
      const drop = decaying(noise(random, samplesOf(0.01)), random.between(0.0005, 0.003));
      place(
        out,
        resonance(drop, () => hz, 800),
        at,
        -0.4 * Math.log(1 - random.next()),
      );
    }
    return out;
  },

  siren: (random, length) => {
    const [low, high] = [random.between(450, 750), random.between(850, 1_500)];
    const turnsHz = random.between(0.25, 2.5);
    const isTwoTone = random.next() < 0.4;
    const gains = Array.from({ length: 6 }, (_, h) => random.between(0.3, 1) / (h + 1) ** random.between(1, 2));
    return harmonics(
      length,
      (i) => {
        const turn = Math.sin((2 * Math.PI * turnsHz * i) / soundRate);
        return low + (high - low) * (isTwoTone ? Number(turn > 0) : (1 + turn) / 2);
      },
      gains,
    );
  },

  wind: (random, length) => {
    const [pitch, strength] = [wandering(random, 0.4), wandering(random, 0.6)];
    const centre = random.between(180, 700);
    const air = lowpass(noise(random, length), random.between(500, 2_000));
    const howl = resonance(air, (i) => centre * (1 + 0.5 * pitch(i)), random.between(60, 300));
    return howl.map((value, i) => (3 * value + 0.5 * air[i]!) * (0.4 + 0.6 * Math.max(0, 0.6 + strength(i))));
  },
};

export const soundLabels: readonly string[] = Object.keys(makers);

/** One of them: 2 to 5 s, in a third of the cases after a silence, in faint noise, as loud as it happens to be. */
export function makeSound(label: string, random: Random): Float32Array {
  const length = samplesOf(random.between(2, 5));
  const silent = random.next() < 1 / 3 ? Math.floor(random.between(0, 0.5) * length) : 0;
  const sound = makers[label]!(random, length - silent);
  const peak = sound.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  const room = lowpass(noise(random, length), random.between(300, 8_000));
  const [volume, roomDb] = [random.between(0.05, 0.8), random.between(-65, -32)];
  const out = room.map((value) => value * 10 ** (roomDb / 20));
  place(out, sound, silent, 1 / peak);
  return out.map((value) => Math.max(-1, Math.min(1, value * volume)));
}
