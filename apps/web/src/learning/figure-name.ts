const known: Record<string, string> = {
  test: 'held out',
  f1: 'F1',
  rocAuc: 'ROC AUC',
  prAuc: 'PR AUC',
  ece: 'error',
  support: 'clips',
};

/** The name of a figure for people: `test.macro.rocAuc` is `Held out: macro ROC AUC`. */
export function figureName(path: string): string {
  const [first = '', ...rest] = path.split('.').map((part) => known[part] ?? part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
  const begin = first.charAt(0).toUpperCase() + first.slice(1);
  return rest.length === 0 ? begin : `${begin}: ${rest.join(' ')}`;
}
