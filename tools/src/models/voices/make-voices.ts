// npm run models:build -- voices --out DIR [--seed 11] [--scale 1] [--processes 2]: utterances of synthetic speakers, as
// DIR/WORD/ENGINE-VOICE-N.wav. Needs espeak-ng, flite and festival (Debian: espeak-ng flite festival festvox-kallpc16k
// festvox-kdlpc16k festvox-us-slt-hts), which are free software; nothing of them is in the models.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type FestivalUtterance, type Utterance, utterances } from './speakers.js';

const runFile = promisify(execFile);

interface Placed {
  utterance: Utterance;
  path: string;
}

export async function makeVoices(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '11' },
      scale: { type: 'string', default: '1' },
      processes: { type: 'string', default: '2' },
    },
  });
  if (values.out === undefined) throw new Error('voices needs --out DIR');
  const folder = resolve(values.out);
  const started = performance.now();
  const placed = place(folder, utterances(Number(values.seed), await variantsOfEspeak(), Number(values.scale)));
  const single = placed.filter(({ utterance }) => utterance.engine !== 'festival');
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let mine = next++; mine < single.length; mine = next++) await speak(single[mine]!);
  };
  await Promise.all([...Array.from({ length: Number(values.processes) }, worker), byFestival(folder, placed)]);
  const missing = placed.filter(({ path }) => !existsSync(path));
  console.log(
    JSON.stringify({ utterances: placed.length, missing: missing.length, seconds: Math.round((performance.now() - started) / 1000) }),
  );
  if (missing.length > 0) throw new Error(`${missing.length} were not spoken, the first is ${missing[0]!.path}`);
}

/** Each utterance's file: numbered within word and speaker. */
function place(folder: string, list: readonly Utterance[]): Placed[] {
  const counts = new Map<string, number>();
  for (const word of new Set(list.map((utterance) => utterance.word))) mkdirSync(join(folder, word), { recursive: true });
  return list.map((utterance) => {
    const name = utterance.speaker.replace(' ', '-');
    const n = counts.get(`${utterance.word} ${name}`) ?? 0;
    counts.set(`${utterance.word} ${name}`, n + 1);
    return { utterance, path: join(folder, utterance.word, `${name}-${n}.wav`) };
  });
}

async function speak({ utterance, path }: Placed): Promise<void> {
  if (utterance.engine === 'espeak-ng') {
    const { voice, pitch, wordsPerMinute, text } = utterance;
    await runFile('espeak-ng', ['-v', voice, '-p', `${pitch}`, '-s', `${wordsPerMinute}`, '-w', path, text]);
  } else if (utterance.engine === 'flite') {
    const settings = utterance.settings.flatMap((setting) => ['--setf', setting]);
    await runFile('flite', ['-voice', utterance.voice, ...settings, '-t', utterance.text, '-o', path]);
  }
}

/** One process for all: festival takes a second to begin. */
async function byFestival(folder: string, placed: readonly Placed[]): Promise<void> {
  const lines: string[] = [];
  let voice = '';
  const order = (a: { utterance: FestivalUtterance }, b: { utterance: FestivalUtterance }): number =>
    a.utterance.voice < b.utterance.voice ? -1 : a.utterance.voice > b.utterance.voice ? 1 : 0;
  const mine = placed.flatMap(({ utterance, path }) => (utterance.engine === 'festival' ? [{ utterance, path }] : [])).sort(order);
  for (const { utterance, path } of mine) {
    if (utterance.voice !== voice) lines.push(`(voice_${utterance.voice})`);
    voice = utterance.voice;
    lines.push(`(Parameter.set 'Duration_Stretch ${utterance.stretch.toFixed(2)})`);
    lines.push(`(set! u (Utterance Text "${utterance.word}")) (utt.synth u) (utt.save.wave u "${path}" 'riff)`);
  }
  const script = join(folder, 'festival.scm');
  writeFileSync(script, `${lines.join('\n')}\n`);
  await runFile('festival', ['-b', script], { maxBuffer: 2 ** 26 });
}

/** The names of espeak-ng's variants, sorted. */
async function variantsOfEspeak(): Promise<string[]> {
  const { stdout } = await runFile('espeak-ng', ['--voices=variant']);
  const names = stdout.split('\n').flatMap((line) => /!v\/(\S+) *$/.exec(line)?.[1] ?? []);
  return [...new Set(names)].sort();
}
