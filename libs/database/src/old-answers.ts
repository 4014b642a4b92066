import type { Database } from './database.js';
import type { Grouped } from './grouped.js';
import { sql } from './sql.js';

/** One answer to a client of an old system. */
export interface OldAnswer {
  system: string;
  /** What answered, and what; null: it failed. */
  told: { version: number; label: string } | null;
  seconds: number;
}

export interface OldAnswerCount {
  version: number;
  label: string;
  answers: number;
  seconds: number;
  durations: number[];
}

/** Buckets of durations: each 10 % wider than the one before, from a millisecond to four minutes. */
const growth = 1.1;
const shortestSeconds = 0.001;
const bucketCount = 130;

/** Counts what old systems' clients are answered in one workspace. Requests that come together share one statement. */
export class OldAnswers {
  private readonly grouped: Grouped<OldAnswer, undefined>;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {
    this.grouped = database.grouped((answers) => this.write(answers));
  }

  async count(answer: OldAnswer): Promise<void> {
    await this.grouped.submit(answer);
  }

  /** What was answered since installation, and how often it failed. */
  async read(system: string): Promise<{ told: OldAnswerCount[]; failed: number }> {
    const rows = await this.database.prisma.oldAnswers.findMany({
      where: { workspaceId: this.workspaceId, system },
      orderBy: [{ version: 'asc' }, { label: 'asc' }],
      select: { version: true, label: true, answers: true, seconds: true, durations: true },
    });
    const failures = rows.filter(({ label }) => label === '');
    return { told: rows.filter(({ label }) => label !== ''), failed: failures.reduce((sum, { answers }) => sum + answers, 0) };
  }

  private async write(answers: OldAnswer[]): Promise<undefined[]> {
    const places = [...Map.groupBy(answers, placeOf)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, same]) => same);
    const columns = [
      places.map(() => this.workspaceId),
      places.map(([first]) => first?.system),
      places.map(([first]) => first?.told?.version ?? 0),
      places.map(([first]) => first?.told?.label ?? ''),
      places.map((same) => same.length),
      places.map((same) => same.reduce((sum, { seconds }) => sum + seconds, 0)),
      places.map((same) => JSON.stringify(durationsOf(same))),
    ];
    await this.database.run(countStatement, columns);
    return answers.map(() => undefined);
  }
}

/** The time within which that share of the answers came, to the width of a bucket (10 %); 0 where there are none. */
export function quantileSeconds(counts: readonly OldAnswerCount[], share: number): number {
  const total = counts.reduce((sum, { answers }) => sum + answers, 0);
  let within = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    within += counts.reduce((sum, { durations }) => sum + (durations[bucket] ?? 0), 0);
    if (total > 0 && within >= share * total) return shortestSeconds * growth ** bucket;
  }
  return 0;
}

function placeOf({ system, told }: OldAnswer): string {
  return JSON.stringify([system, told?.version ?? 0, told?.label ?? '']);
}

function durationsOf(answers: readonly OldAnswer[]): number[] {
  const buckets = Array.from({ length: bucketCount }, () => 0);
  for (const { seconds } of answers) {
    const bucket = Math.min(bucketCount - 1, Math.max(0, Math.ceil(Math.log(seconds / shortestSeconds) / Math.log(growth))));
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
  }
  return buckets;
}

const countStatement = sql('count-old-answers');
