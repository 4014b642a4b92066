/** A text that the browser keeps for the page. One that keeps nothing for it (blocked, or full) leaves it to the page as long as that is open. */
export class Kept {
  private current: string | null;

  constructor(
    private readonly place: 'localStorage' | 'sessionStorage',
    private readonly name: string,
  ) {
    this.current = this.read();
  }

  get value(): string | null {
    return this.current;
  }

  /** As the browser has it now: another tab may have written it since, and be heard of later. */
  readAgain(): string | null {
    this.current = this.read();
    return this.current;
  }

  /** Whether the browser keeps it. */
  keep(value: string | null): boolean {
    this.current = value;
    try {
      if (value === null) globalThis[this.place].removeItem(this.name);
      else globalThis[this.place].setItem(this.name, value);
      return true;
    } catch {
      return false;
    }
  }

  /** Calls back when another tab has written it. */
  onChange(listener: () => void): void {
    addEventListener('storage', ({ key }) => {
      if (key !== this.name && key !== null) return;
      this.current = this.read();
      listener();
    });
  }

  private read(): string | null {
    try {
      return globalThis[this.place].getItem(this.name);
    } catch {
      return null;
    }
  }
}
