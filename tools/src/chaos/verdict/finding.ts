/** What a rule found: figures for the record, and what must not be. */
export interface Finding {
  figures: Record<string, number>;
  violations: string[];
}

/** One violation for any number of cases, with the first few of them. */
export function violationOf(what: string, cases: readonly unknown[]): string[] {
  return cases.length === 0 ? [] : [`${cases.length} ${what}: ${JSON.stringify(cases.slice(0, 5))}`];
}
