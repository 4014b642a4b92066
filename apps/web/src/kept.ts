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

  keep(value: string | null): void {
    this.current = value;
    try {
      if (value === null) globalThis[this.place].removeItem(this.name);
      else globalThis[this.place].setItem(this.name, value);
    } catch {
      // as long as the page is open
    }
  }

  private read(): string | null {
    try {
      return globalThis[this.place].getItem(this.name);
    } catch {
      return null;
    }
  }
}
