import type { Call } from './call.js';

/** Calls that wait, by their groups: these take turns, so that nobody waits for all that another has brought. */
export class FairQueue {
  size = 0;
  /** The group whose turn is next stands first. */
  private readonly groups = new Map<string, Call[]>();

  push(call: Call): void {
    this.size += 1;
    const calls = this.groups.get(call.group);
    if (calls === undefined) this.groups.set(call.group, [call]);
    else calls.push(call);
  }

  /** Puts calls back to where they were taken from: before the others of their groups, and these before all others. */
  putBack(calls: readonly Call[]): void {
    if (calls.length === 0) return;
    const others = [...this.groups];
    this.groups.clear();
    for (const call of calls) this.push(call);
    for (const [group, later] of others) this.groups.set(group, [...(this.groups.get(group) ?? []), ...later]);
  }

  remove(call: Call): void {
    const calls = this.groups.get(call.group) ?? [];
    const place = calls.indexOf(call);
    if (place < 0) return;
    calls.splice(place, 1);
    this.size -= 1;
    if (calls.length === 0) this.groups.delete(call.group);
  }

  /** Whose turn is next. */
  get next(): string | undefined {
    return this.groups.keys().next().value;
  }

  /** Takes up to so many, one of each group in turn. Who may not be taken from keeps his turn. */
  take(count: number, mayTake: (group: string) => boolean = () => true): Call[] {
    const taken: Call[] = [];
    while (taken.length < count) {
      const call = this.takeFirst(mayTake);
      if (call === undefined) break;
      taken.push(call);
    }
    this.size -= taken.length;
    return taken;
  }

  private takeFirst(mayTake: (group: string) => boolean): Call | undefined {
    for (const [group, calls] of this.groups) {
      if (!mayTake(group)) continue;
      this.groups.delete(group);
      if (calls.length > 1) this.groups.set(group, calls);
      return calls.shift();
    }
    return undefined;
  }
}
