/**
 * Texts that the browser keeps for all tabs, each under a name of its own: a tab that writes one never writes over what another tab
 * has just written beside it. What the browser does not keep (blocked, or full) is there as long as the page is open.
 */
export class KeptEach {
  private readonly onlyHere = new Map<string, string>();

  constructor(private readonly prefix: string) {}

  /** Whether all of it outlasts the page. */
  get isKept(): boolean {
    return this.onlyHere.size === 0;
  }

  /** By name, as the browser has them now. */
  all(): Map<string, string> {
    return new Map([...this.read(), ...this.onlyHere]);
  }

  keep(name: string, value: string): void {
    try {
      localStorage.setItem(this.prefix + name, value);
      this.onlyHere.delete(name);
    } catch {
      this.onlyHere.set(name, value);
    }
  }

  forget(name: string): void {
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

  private read(): [string, string][] {
    try {
      const names = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      return names.map((key) => [key.slice(this.prefix.length), localStorage.getItem(key) ?? '']);
    } catch {
      return [];
    }
  }
}
