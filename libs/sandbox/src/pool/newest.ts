const most = 1_000;

/** Names that were added: the thousand that were added last. */
export class Newest {
  private readonly names = new Set<string>();

  has(name: string): boolean {
    return this.names.has(name);
  }

  add(name: string): void {
    this.names.delete(name); // the one that was added last stands last
    this.names.add(name);
    const [oldest] = this.names;
    if (this.names.size > most && oldest !== undefined) this.names.delete(oldest);
  }
}
