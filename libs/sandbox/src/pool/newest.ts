const most = 1_000;

/** Names that were added: the newest thousand. */
export class Newest {
  private readonly names = new Set<string>();

  has(name: string): boolean {
    return this.names.has(name);
  }

  add(name: string): void {
    this.names.add(name);
    const [oldest] = this.names;
    if (this.names.size > most && oldest !== undefined) this.names.delete(oldest);
  }
}
