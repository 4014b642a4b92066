interface Dated {
  /** Of two about the same the later counts. */
  madeAt: number;
}

/**
 * What the browser keeps for all tabs, each under a name of its own: a tab that writes one never writes over what another tab has just
 * written beside it. What the browser does not keep (blocked, or full) is there as long as the page is open, and is tried again.
 */
export class KeptEach<Value extends Dated> {
  private readonly onlyHere = new Map<string, Value>();

  constructor(
    private readonly prefix: string,
    private readonly isValue: (value: unknown) => value is Value,
  ) {}

  /** Whether all of it outlasts the page. */
  get isKept(): boolean {
    return this.onlyHere.size === 0;
  }

  /** By name, as it is now. */
  all(): Map<string, Value> {
    const all = new Map<string, Value>();
    for (const name of new Set([...this.names(), ...this.onlyHere.keys()])) {
      const value = this.find(name);
      if (value !== undefined) all.set(name, value);
    }
    return all;
  }

  keep(name: string, value: Value): void {
    this.onlyHere.set(name, value);
    for (const one of this.onlyHere.keys()) this.write(one);
  }

  /** Something else that was said since stays, here or in another tab. */
  forget(name: string, { madeAt }: Value): void {
    if (this.find(name)?.madeAt !== madeAt) return;
    this.onlyHere.delete(name);
    try {
      localStorage.removeItem(this.prefix + name);
    } catch {
      // nothing is there
    }
  }

  /** Calls back when another tab has written or forgotten one. */
  onChange(listener: () => void): void {
    addEventListener('storage', ({ key }) => {
      if (key === null || key.startsWith(this.prefix)) listener();
    });
  }

  private find(name: string): Value | undefined {
    const [kept, here] = [this.read(name), this.onlyHere.get(name)];
    if (kept === undefined || here === undefined || kept.madeAt <= here.madeAt) return here ?? kept;
    this.onlyHere.delete(name); // another tab has said something since
    return kept;
  }

  private write(name: string): void {
    const value = this.find(name);
    if (!this.onlyHere.has(name)) return;
    try {
      localStorage.setItem(this.prefix + name, JSON.stringify(value));
      this.onlyHere.delete(name);
    } catch {
      // it is here
    }
  }

  private names(): string[] {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      return keys.map((key) => key.slice(this.prefix.length));
    } catch {
      return [];
    }
  }

  private read(name: string): Value | undefined {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(this.prefix + name) ?? 'null');
      return this.isValue(value) ? value : undefined;
    } catch {
      return undefined; // blocked, or something else wrote there
    }
  }
}
