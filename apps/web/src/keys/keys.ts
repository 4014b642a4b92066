// The keys of the page: whoever handles one says what it does, and `?` lists those that work right now.
import { useLayoutEffect, useRef } from 'react';
import { Shared, useShared } from '../shared.js';

export interface Key {
  /** As in `KeyboardEvent.key`: ` `, `j`, `?`, `/`, `ArrowRight`. */
  key: string;
  /** What it does: `Play or pause`. */
  does: string;
}

interface Registered extends Key {
  run: (event: KeyboardEvent) => void;
}

const registered = new Shared<readonly Registered[]>([]);

/** While the component is shown, `key` does this. Of two for the same key the one that came last answers. */
export function useKey(key: string, does: string, run: (event: KeyboardEvent) => void, isOn = true): void {
  const latest = useRef(run);
  latest.current = run;
  // As soon as the component is seen: a key that comes before the next idle moment is not lost.
  useLayoutEffect(() => {
    if (!isOn) return;
    const entry: Registered = { key, does, run: (event) => latest.current(event) };
    registered.become([...registered.value, entry]);
    return () => registered.become(registered.value.filter((other) => other !== entry));
  }, [key, does, isOn]);
}

/** Those that work now, each key once. */
export function useKeys(): readonly Key[] {
  const all = useShared(registered);
  return [...new Map(all.map((entry) => [entry.key, entry])).values()];
}

/** How a key is written for people. */
export function nameOf(key: string): string {
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

const names: Record<string, string> = { ' ': 'Space', ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

/** A key that is held down does again what only moves on; all else it does once. */
const moving: ReadonlySet<string> = new Set(['j', 'k', 'ArrowLeft', 'ArrowRight']);

/** Begins to listen; once, when the page starts. */
export function listenToKeys(): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
    if (document.querySelector('[role=dialog]') !== null) return; // what lies over the page is answered first
    const entry = registered.value.findLast(({ key }) => key === event.key || key === event.key.toLowerCase());
    if (entry === undefined) return;
    event.preventDefault();
    if (!event.repeat || moving.has(entry.key)) entry.run(event);
  });
}

/** Who types into a field, or presses a button by the space bar, means that. */
function isTaken({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input:not([type=checkbox], [type=radio], [type=range], [type=file]), textarea, select, [contenteditable=true]'))
    return true;
  const pressesByKeys = key === ' ' || key === 'Enter' || key.startsWith('Arrow');
  return (
    pressesByKeys && target.closest('button, a, summary, label, input, [role=tab], [role=slider], [role=menuitem], [role=option]') !== null
  );
}
