import { useSyncExternalStore } from 'react';

/** A value that is no component's own: whoever shows it is drawn anew when it becomes another one. */
export class Shared<Value> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: Value) {}

  get value(): Value {
    return this.current;
  }

  become(next: Value): void {
    this.current = next;
    for (const listener of this.listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
}

export function useShared<Value>(shared: Shared<Value>): Value {
  return useSharedPart(shared, (value) => value);
}

/** What is shown of it: a number or a text, or always the same object. */
export function useSharedPart<Value, Part>(shared: Shared<Value>, partOf: (value: Value) => Part): Part {
  return useSyncExternalStore(shared.subscribe, () => partOf(shared.value));
}
