import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wavFile } from '@earshot/audio';
import { attacks, victimBytes } from './attacks.js';
import { ChildMemoryMeter } from './child-memory.js';
import { FormatRun } from './format-run.js';
import type { JudgedParent } from './judged-parent.js';
import type { Outcome } from './parent-messages.js';
import { isFault } from './tally.js';
import { TrapFile, trapServer } from './traps.js';
import type { ValidFile } from './valid-files.js';
import { VitalsWatch } from './vitals-watch.js';

const bars = { childMb: 512, grownMb: 20, longestBlockMs: 50 };

/**
 * What is measured as growth begins after the warm-up. A young parent grows without leaking: pools fill, code is compiled, and V8
 * widens the space for young objects to 128 MB where there is memory, while what is in use stays at 10 MB. So calls are made until
 * a round of them no longer adds anything.
 */
const warmUp = { roundsOfFiles: 20, shortClips: 20_000, settledMb: 1, mostRounds: 15 };

const progressMs = 30_000;

interface CampaignOptions {
  seed: number;
  formats: readonly (readonly [string, readonly ValidFile[]])[];
  /** Of each format. */
  mutations: number;
  /** The number at which the first format begins; the others begin at 0. */
  from: number;
  children: number;
  print: (line: object) => void;
}

/** Valid files, attacks, and the mutants of one format after the other. */
export class Campaign {
  private readonly childMemory: ChildMemoryMeter;
  private readonly lanes: number;
  private mutations = 0;
  private faults = 0;
  private highestChildMb = 0;

  constructor(
    private readonly parent: JudgedParent,
    private readonly folder: string,
    private readonly options: CampaignOptions,
  ) {
    this.childMemory = new ChildMemoryMeter(parent.pid);
    this.lanes = options.children * 2;
  }

  /** Whether every rule was kept. */
  async run(): Promise<boolean> {
    const { seed, formats, print } = this.options;
    const server = await trapServer();
    const victim = new TrapFile(
      join(this.folder, 'victim.wav'),
      wavFile([new Float32Array(victimBytes / 4).fill(0.5)], { sampleRate: 8000 }),
    );
    const { residentMb: readyMb } = await this.parent.vitals();
    const warmUpCalls = await this.warmUp();
    const watch = await VitalsWatch.start(this.parent);
    try {
      await this.attack(victim.path, server.url);
      for (const [index, [format, files]] of formats.entries()) {
        const isWhole = await this.mutate(format, files, index === 0 ? this.options.from : 0, watch);
        if (!isWhole) break;
      }
      const measured = { childMb: this.highestChildMb, ...(await watch.take()), ...(await watch.takeGrowth()) };
      const traps = { connections: server.connectionCount(), otherFileRead: victim.wasRead() };
      const isWithinBars =
        measured.childMb <= bars.childMb && measured.grownMb <= bars.grownMb && measured.longestBlockMs <= bars.longestBlockMs;
      const passed = this.faults === 0 && traps.connections === 0 && traps.otherFileRead !== true && isWithinBars;
      print({
        seed,
        mutations: this.mutations,
        faults: this.faults,
        warmUpCalls,
        readyMb: Math.round(readyMb),
        ...measured,
        bars,
        ...traps,
        passed,
      });
      return passed;
    } finally {
      watch.stop();
      this.childMemory.stop();
      server.close();
    }
  }

  /** Each valid file of the formats must be decoded, again and again; then many short ones. */
  private async warmUp(): Promise<number> {
    const files = this.options.formats.flatMap(([, files]) => files);
    await this.inLanes(Array(warmUp.roundsOfFiles * files.length).keys(), async (call) => {
      const { name, bytes } = files[call % files.length]!;
      this.expectDecoded(name, await this.parent.describe(bytes));
    });
    const bytes = wavFile([new Float32Array(800).fill(0.5)], { sampleRate: 8000 });
    const path = join(this.folder, 'short.wav');
    await writeFile(path, bytes);
    let calls = warmUp.roundsOfFiles * files.length;
    let residentMb = 0;
    for (let round = 0; round < warmUp.mostRounds; round++) {
      const before = residentMb;
      await this.inLanes(Array(warmUp.shortClips).keys(), async () =>
        this.expectDecoded(path, await this.parent.describeFile(path, bytes.length)),
      );
      calls += warmUp.shortClips;
      residentMb = (await this.parent.vitals()).residentMb;
      if (residentMb - before < warmUp.settledMb) break;
    }
    return calls;
  }

  private expectDecoded(valid: string, outcome: Outcome): void {
    if (outcome.outcome !== 'decoded' || isFault(outcome)) this.fault({ valid, ...outcome });
  }

  private async attack(victim: string, url: string): Promise<void> {
    for (const { name, bytes, expected } of attacks(victim, url)) {
      const outcome = await this.parent.describe(bytes);
      this.options.print({ attack: name, expected, ...outcome });
      if (outcome.outcome !== expected || isFault(outcome)) this.fault({ attack: name, expected, ...outcome });
    }
    this.highestChildMb = this.childMemory.peakMb() ?? 0;
    this.options.print({ attacks: 'done', childMb: this.childMemory.peakMb() });
  }

  /** False when the run was interrupted. */
  private async mutate(format: string, files: readonly ValidFile[], from: number, watch: VitalsWatch): Promise<boolean> {
    const { seed, mutations, print, formats } = this.options;
    this.childMemory.startAnew();
    const formatRun = new FormatRun({ seed, format, files, from, to: mutations, onFault: (fault) => this.fault(fault) });
    const row = async () => ({ ...formatRun.row(), childMb: this.childMemory.peakMb(), ...(await watch.take()) });
    const progress = setInterval(async () => console.error(JSON.stringify(await row())), progressMs);
    let isInterrupted = false;
    const interrupt = () => {
      isInterrupted = true;
      formatRun.stop();
    };
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);
    await this.inLanes(formatRun.numbers(), (number) => formatRun.send(number, this.parent));
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupt);
    clearInterval(progress);
    print({ ...(await row()), ...(await watch.takeGrowth()) });
    this.mutations += formatRun.sentCount;
    this.highestChildMb = Math.max(this.highestChildMb, this.childMemory.peakMb() ?? 0);
    if (isInterrupted) {
      const left = formats.map(([name]) => name).slice(formats.findIndex(([name]) => name === format));
      print({ interrupted: `go on with --formats ${left.join(',')} --from ${formatRun.next}` });
    }
    return !isInterrupted;
  }

  /** Always some more files than children are under way, so that no child waits. */
  private async inLanes(numbers: Iterator<number> & Iterable<number>, work: (number: number) => Promise<void>): Promise<void> {
    const lane = async () => {
      for (let next = numbers.next(); !next.done; next = numbers.next()) await work(next.value);
    };
    await Promise.all(Array.from({ length: this.lanes }, lane));
  }

  private fault(fault: object): void {
    this.faults++;
    this.options.print({ fault });
  }
}
