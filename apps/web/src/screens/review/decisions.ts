// What a person has said, in the browser until it becomes a version of a dataset: a reload, or a server that is away, loses none of it.
import { KeptEach } from '../../kept-each.js';
import { Shared, useShared } from '../../shared.js';

export interface Decision {
  classifier: string;
  clipId: string;
  label: string;
}

export interface Made extends Decision {
  /** Later than that of every decision that its tab knew. */
  madeAt: number;
}

const kept = new KeptEach('earshot-review:', isMade);
const made = new Shared(read());
kept.onChange(() => made.become(read()));

export interface Decisions {
  /** In the order in which they were made; a second one about the same replaces the first. */
  all: readonly Made[];
  /** Whether they outlast the page. */
  isKept: boolean;
  decide: (decision: Decision) => void;
  /** Takes the newest of these back, and says which it was. */
  undo: (some: readonly Made[]) => Decision | undefined;
  /** Those that were made anew since stay. */
  forget: (some: readonly Made[]) => void;
}

/** The decisions of all tabs. */
export function useDecisions(): Decisions {
  return { all: useShared(made), isKept: kept.isKept, decide, undo, forget };
}

function decide(decision: Decision): void {
  const newest = read().at(-1)?.madeAt ?? 0;
  kept.keep(nameOf(decision), { ...decision, madeAt: Math.max(Date.now(), newest + 1) });
  made.become(read());
}

function undo(some: readonly Made[]): Decision | undefined {
  const names = new Set(some.map(nameOf));
  const last = read().findLast((one) => names.has(nameOf(one)));
  if (last) forget([last]);
  return last;
}

function forget(some: readonly Made[]): void {
  for (const one of some) kept.forget(nameOf(one), one);
  made.become(read());
}

function nameOf({ classifier, clipId }: Decision): string {
  return `${classifier}:${clipId}`;
}

function read(): readonly Made[] {
  return [...kept.all().values()].sort((a, b) => a.madeAt - b.madeAt);
}

function isMade(value: unknown): value is Made {
  if (typeof value !== 'object' || value === null) return false;
  if (!('classifier' in value && 'clipId' in value && 'label' in value && 'madeAt' in value)) return false;
  return typeof value.label === 'string' && typeof value.madeAt === 'number';
}
