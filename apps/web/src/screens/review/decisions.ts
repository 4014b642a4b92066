// What a person has said, in the browser until it becomes a version of a dataset: a reload, or a server that is away, loses none of it.
import { Kept } from '../../kept.js';
import { Shared, useShared } from '../../shared.js';

export interface Decision {
  classifier: string;
  clipId: string;
  label: string;
}

const kept = new Kept('localStorage', 'earshot-review');
const made = new Shared<readonly Decision[]>(read(kept.value));
let isKept = true;
kept.onChange(() => made.become(read(kept.value)));

export interface Decisions {
  /** In the order in which they were made; a second one about the same replaces the first. */
  all: readonly Decision[];
  /** Whether they outlast the page. */
  isKept: boolean;
  decide: (decision: Decision) => void;
  /** Takes the newest of these back, and says which it was. */
  undo: (some: readonly Decision[]) => Decision | undefined;
  forget: (some: readonly Decision[]) => void;
}

/** The decisions of all tabs. */
export function useDecisions(): Decisions {
  return { all: useShared(made), isKept, decide, undo, forget };
}

function decide(decision: Decision): void {
  keep([...newest().filter((other) => !isSame(other, decision)), decision]);
}

function undo(some: readonly Decision[]): Decision | undefined {
  const last = newest().findLast((one) => some.some((other) => isSame(one, other)));
  if (last) forget([last]);
  return last;
}

function forget(some: readonly Decision[]): void {
  keep(newest().filter((one) => !some.some((other) => isSame(one, other))));
}

/** With what other tabs have said. */
function newest(): readonly Decision[] {
  return isKept ? read(kept.readAgain()) : made.value;
}

function keep(next: readonly Decision[]): void {
  isKept = kept.keep(JSON.stringify(next));
  made.become(next);
}

function isSame(a: Decision, b: Decision): boolean {
  return a.classifier === b.classifier && a.clipId === b.clipId;
}

function read(text: string | null): readonly Decision[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isDecision) : [];
  } catch {
    return []; // something else wrote there
  }
}

function isDecision(value: unknown): value is Decision {
  if (typeof value !== 'object' || value === null) return false;
  return 'classifier' in value && 'clipId' in value && 'label' in value && typeof value.label === 'string';
}
