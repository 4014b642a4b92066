// What a person has said, in the browser until it becomes a version of a dataset: a reload, or a server that is away, loses none of it.
import { useState } from 'react';

export interface Decision {
  classifier: string;
  clipId: string;
  label: string;
}

const place = 'earshot-review';

export interface Decisions {
  all: readonly Decision[];
  /** In the order in which they were made; a second one about the same replaces the first. */
  decide: (decision: Decision) => void;
  /** Takes the newest back, and says which it was. */
  undo: () => Decision | undefined;
  forget: (some: readonly Decision[]) => void;
}

export function useDecisions(): Decisions {
  const [all, setAll] = useState(read);
  const keep = (next: readonly Decision[]) => {
    localStorage.setItem(place, JSON.stringify(next));
    setAll(next);
  };
  return {
    all,
    decide: (decision) => keep([...all.filter((other) => !isSame(other, decision)), decision]),
    undo: () => {
      const last = all.at(-1);
      if (last) keep(all.slice(0, -1));
      return last;
    },
    forget: (some) => keep(all.filter((one) => !some.some((other) => isSame(one, other)))),
  };
}

function isSame(a: Decision, b: Decision): boolean {
  return a.classifier === b.classifier && a.clipId === b.clipId;
}

function read(): readonly Decision[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isDecision) : [];
  } catch {
    return []; // something else wrote there
  }
}

function isDecision(value: unknown): value is Decision {
  if (typeof value !== 'object' || value === null) return false;
  return 'classifier' in value && 'clipId' in value && 'label' in value && typeof value.label === 'string';
}
