// npm run show -- hostile [--mutations 2000] [--seed 1] [--children 2]: files made to harm, and seeded mutations of valid files of
// every format, through the real sandbox. Prints a line of JSON for each finding and each attack, a summary at the end, and fails
// when a rule is broken: a coded error or a valid result, within 5 s, within 512 MB, the parent small and responsive, no connection.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { wavFile } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';
import { Sandbox } from '@earshot/sandbox';
import { Random } from '../random.js';
import { attacks, victimBytes } from './hostile/attacks.js';
import { ChildMemoryMeter, ParentMeter, trap } from './hostile/meters.js';
import { mutate } from './hostile/mutate.js';
import { validFiles } from './hostile/valid-files.js';

const bars = { slowestMs: 5000, childMb: 512, grownMb: 20, longestBlockMs: 50 };

interface Measured {
  slowestMs: number;
  /** Null where it cannot be looked at. */
  childMb: number | null;
  grownMb: number;
  longestBlockMs: number;
  idleThreadBlockMs: number;
}

interface Outcome {
  outcome: string;
  ms: number;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { mutations: { type: 'string' }, seed: { type: 'string' }, children: { type: 'string' } },
  });
  const { mutations, seed, children } = { mutations: 2000, seed: 1, children: 2, ...numbers(values) };
  const folder = mkdtempSync(join(tmpdir(), 'earshot-hostile-'));
  const sandbox = new Sandbox({ children, log: { info() {}, warn: (object) => print(object), error: (object) => print(object) } });
  const server = await trap();
  try {
    const random = new Random(seed);
    const files = validFiles(folder, random);
    const parent = new ParentMeter();
    const childMemory = new ChildMemoryMeter();
    const faults: object[] = [];
    const outcomes: Outcome[] = [];
    const judge = async (name: string, bytes: Uint8Array, expected?: string) => {
      const result = await describe(sandbox, folder, bytes);
      outcomes.push(result);
      const isFault =
        result.outcome === 'INTERNAL' || result.ms > bars.slowestMs || (expected !== undefined && result.outcome !== expected);
      if (isFault) faults.push({ name, expected, ...result });
      if (isFault || expected !== undefined) print({ name, expected, ...result, fault: isFault });
    };

    const victim = join(folder, 'victim.wav');
    writeFileSync(victim, wavFile([new Float32Array(victimBytes / 4).fill(0.5)], { sampleRate: 8000 }));
    const harmful = attacks(victim, server.url);
    for (const { name, bytes } of files) await judge(`valid ${name}`, bytes, 'valid');
    parent.start();
    for (const { name, bytes, expected } of harmful) await judge(name, bytes, expected);
    const mutants = Array.from({ length: mutations }, (_, i) => i).values();
    const lane = async () => {
      for (const i of mutants) {
        const file = files[i % files.length]!;
        await judge(`mutant ${i} of ${file.name}`, mutate(file.bytes, new Random(seed * 1_000_003 + i)));
      }
    };
    await Promise.all(Array.from({ length: children * 2 }, lane));

    const measured = { ...(await parent.stop()), childMb: childMemory.stop(), slowestMs: Math.max(...outcomes.map(({ ms }) => ms)) };
    const connections = server.connectionCount();
    const passed = faults.length === 0 && connections === 0 && isWithinBars(measured);
    print({ seed, mutations, formats: files.length, outcomes: countByOutcome(outcomes), ...measured, bars, connections, faults, passed });
    if (!passed) process.exitCode = 1;
  } finally {
    server.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

let fileCount = 0;

async function describe(sandbox: Sandbox, folder: string, bytes: Uint8Array): Promise<Outcome> {
  const path = join(folder, `clip-${fileCount++}`);
  writeFileSync(path, bytes);
  const began = performance.now();
  const outcome = await sandbox.run('describe', { path, sizeBytes: bytes.length }).then(
    () => 'valid',
    (error: unknown) => (error instanceof EarshotError ? error.code : 'INTERNAL'),
  );
  rmSync(path);
  return { outcome, ms: Math.round(performance.now() - began) };
}

/** What the machine's other load costs an idle loop is not held against ours. */
function isWithinBars({ slowestMs, childMb, grownMb, longestBlockMs, idleThreadBlockMs }: Measured): boolean {
  const isResponsive = longestBlockMs - idleThreadBlockMs <= bars.longestBlockMs;
  return isResponsive && slowestMs <= bars.slowestMs && (childMb ?? 0) <= bars.childMb && grownMb <= bars.grownMb;
}

function countByOutcome(outcomes: Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function numbers(values: Record<string, string | undefined>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value)]));
}

function print(line: object): void {
  console.log(JSON.stringify(line));
}
