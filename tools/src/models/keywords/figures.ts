// npm run models:build -- figures: what models/keywords/model.json says of the model, as the table of docs/bundled-models.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { modelsFolder } from '../bundle.js';

const interval = z.object({ low: z.number(), high: z.number() }).nullable();
const figure = z.object({ value: z.number(), rows: z.number(), groups: z.number(), interval, baseline: z.number() });
const figures = z.object({
  digitsAmongTen: figure,
  digitsOfAll: figure,
  digitsAnswered: figure,
  crowdDigitsAmongTen: figure,
  commandsAmongTen: figure,
  commandsOfAll: figure,
  commandsAnswered: figure,
  twelveClasses: figure,
  refused: z.record(z.string(), figure),
  bySpeaker: z.record(z.string(), z.number()),
  byDigit: z.record(z.string(), z.number()),
  byCommand: z.record(z.string(), z.number()),
});
const model = z.object({
  artifact: z.object({ sizeBytes: z.number() }),
  decision: z.object({ unknownBelow: z.number() }),
  metrics: z.object({
    seeds: z.array(figures),
    thresholds: z.array(
      z.object({ threshold: z.number(), digits: z.number(), commands: z.number(), unknown: z.record(z.string(), z.number()) }),
    ),
    calibrationErrors: z.array(z.object({ before: z.number(), after: z.number().nullable() })),
  }),
});

const kinds: Readonly<Record<string, string>> = {
  digitsAmongTen: 'digits, the most probable of the ten',
  digitsOfAll: 'digits, the most probable of the 22 labels',
  digitsAnswered: 'digits, answered by their name',
  crowdDigitsAmongTen: 'digits of Speech Commands, of the ten',
  commandsAmongTen: 'commands, the most probable of the ten',
  commandsOfAll: 'commands, the most probable of the 22 labels',
  commandsAnswered: 'commands, answered by their name',
  twelveClasses: 'ten commands, unknown, silence',
};
const refusals: Readonly<Record<string, string>> = {
  recordedNoise: 'recorded noise',
  madeNoise: 'noise from a seed',
  silence: 'silence, digital and dithered',
  music: 'music from a seed',
  otherWordsByPeople: 'other words, by people',
  madeWords: 'halves joined and words backwards, by people',
  otherWords: 'other words, by synthesisers',
  nearRhymes: 'near-rhymes (mix, sticks, sun, gold), by synthesisers',
};

export async function printFigures(): Promise<void> {
  const { metrics, artifact, decision } = model.parse(JSON.parse(readFileSync(join(modelsFolder, 'keywords', 'model.json'), 'utf8')));
  const { seeds, calibrationErrors, thresholds } = metrics;
  const [first] = seeds;
  if (first === undefined) throw new Error('models/keywords/model.json has no figures');
  const lines = [
    `| right | ${seeds.map((_, i) => `seed ${i + 1}`).join(' | ')} | 95 % (seed 1) | recordings | speakers or words | most frequent |`,
    `|---|${'---|'.repeat(seeds.length + 4)}`,
    ...Object.entries(kinds).map(([key, text]) =>
      row(
        text,
        seeds.map((of) => figure.parse(Object.entries(of).find(([name]) => name === key)?.[1])),
      ),
    ),
    ...Object.entries(refusals).map(([key, text]) =>
      row(
        `unknown: ${text}`,
        seeds.map((of) => of.refused[key]!),
      ),
    ),
  ];
  console.log(lines.join('\n'));
  const shares = (values: Record<string, number>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${percent(value)}`)
      .join(', ');
  console.log(`\nSeed 1, of the ten: ${shares(first.bySpeaker)}; ${shares(first.byDigit)}; ${shares(first.byCommand)}.`);
  const errors = calibrationErrors
    .map(({ before, after }) => `${before.toFixed(3)} before and ${after?.toFixed(3) ?? 'unknown'} after`)
    .join('; ');
  console.log(
    `Calibration error: ${errors}. A keyword is answered from ${decision.unknownBelow} on. The artifact has ${artifact.sizeBytes} bytes.`,
  );
  console.log(`\n| threshold | digits | commands | ${Object.values(refusals).join(' | ')} |`);
  console.log(`|---|---|---|${'---|'.repeat(Object.keys(refusals).length)}`);
  for (const { threshold, digits, commands, unknown } of thresholds) {
    const shares = [digits, commands, ...Object.keys(refusals).map((kind) => unknown[kind] ?? Number.NaN)].map(percent);
    console.log(`| ${threshold} | ${shares.join(' | ')} |`);
  }
}

function row(text: string, of: z.output<typeof figure>[]): string {
  const [{ interval, rows, groups, baseline } = { interval: null, rows: 0, groups: 0, baseline: 0 }] = of;
  const range = interval === null ? '–' : `${percent(interval.low)} to ${percent(interval.high)}`;
  const cells = [
    text,
    ...of.map(({ value }) => percent(value)),
    range,
    `${rows}`,
    `${groups}`,
    text.startsWith('unknown') ? '–' : percent(baseline),
  ];
  return `| ${cells.join(' | ')} |`;
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}
