// Three sounds for a first try, made when they are asked for: what is heard in them is known, so everybody can see whether it is found.
import { wavFile } from '@earshot/audio';

const sampleRate = 22_050;

type Sound = (timeSeconds: number) => number;

/** By the name of the file: each gives its bytes, always the same. */
export const samples: Readonly<Record<string, () => Uint8Array>> = {
  'drum-loop': () => rendered(8, drumLoop(123)),
  chord: () => rendered(4, chord(220, 277.18, 329.63, 440)), // A major: A3, C♯4, E4, A4
  'rising-tone': () => rendered(4, risingTone(4, 110, 7_040)),
};

function rendered(seconds: number, sound: Sound): Uint8Array {
  return wavFile([Float32Array.from({ length: seconds * sampleRate }, (_, i) => sound(i / sampleRate))], { sampleRate });
}

/** Kick on one and three, snare on two and four, a hat on every eighth. */
function drumLoop(beatsPerMinute: number): Sound {
  const noise = noiseOf(7);
  return (time) => {
    const beats = (time * beatsPerMinute) / 60;
    const sinceBeat = ((beats % 1) * 60) / beatsPerMinute;
    const sinceEighth = ((beats % 0.5) * 60) / beatsPerMinute;
    const hiss = noise();
    const isKick = Math.floor(beats) % 2 === 0;
    const kick = 0.7 * Math.sin(2 * Math.PI * (50 * sinceBeat + 4 * (1 - Math.exp(-30 * sinceBeat)))) * Math.exp(-9 * sinceBeat);
    const snare = (0.35 * hiss + 0.25 * Math.sin(2 * Math.PI * 190 * sinceBeat)) * Math.exp(-16 * sinceBeat);
    return (isKick ? kick : snare) + 0.12 * hiss * Math.exp(-70 * sinceEighth);
  };
}

/** Plucked together, each with three overtones that fade the sooner the higher they are. */
function chord(...rootsHz: number[]): Sound {
  return (time) => {
    let sum = 0;
    for (const hz of rootsHz)
      for (let k = 1; k <= 4; k++) sum += Math.sin(2 * Math.PI * hz * k * time) * (0.16 / k) * Math.exp(-0.6 * k * time);
    return sum * Math.min(1, time / 0.005);
  };
}

/** From one frequency to another, the same musical step in the same time, faded at both ends. */
function risingTone(seconds: number, fromHz: number, toHz: number): Sound {
  const rate = Math.log(toHz / fromHz) / seconds;
  return (time) => {
    const fade = Math.min(1, time / 0.05, (seconds - time) / 0.05);
    return 0.5 * fade * Math.sin((2 * Math.PI * fromHz * (Math.exp(rate * time) - 1)) / rate);
  };
}

/** White noise from -1 to 1, the same each time: a linear congruential generator modulo 2³². */
function noiseOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
