/**
 * An answer as a page shows it: JSON, shortened to what matters. Members of objects may be left out, `…` says so to the reader and
 * must stand where a list goes on, and numbers may be rounded. Ids and times differ with every request.
 */
export function shownAnswer(text: string): unknown {
  return JSON.parse(text.replace(/,?\s*…\s*\}/g, '}').replace(/…\s*\]/g, '"…"]'));
}

/** Where an answer is not what is shown, by JSON pointer; empty when it is. */
export function differences(shown: unknown, answered: unknown, pointer = '#'): string[] {
  if (Array.isArray(shown)) {
    if (!Array.isArray(answered)) return [pointer];
    const isShortened = shown.at(-1) === '…';
    const kept = isShortened ? shown.slice(0, -1) : shown;
    if (isShortened ? answered.length <= kept.length : answered.length !== kept.length)
      return [`${pointer} has ${answered.length} entries`];
    return kept.flatMap((entry, i) => differences(entry, answered[i], `${pointer}/${i}`));
  }
  if (isObject(shown)) {
    if (!isObject(answered)) return [pointer];
    return Object.entries(shown).flatMap(([name, value]) =>
      Object.hasOwn(answered, name) ? differences(value, answered[name], `${pointer}/${name}`) : [`${pointer}/${name} is missing`],
    );
  }
  if (typeof shown === 'number' && typeof answered === 'number')
    return rounded(answered, shown) === shown ? [] : [`${pointer} is ${answered}`];
  return withoutChance(shown) === withoutChance(answered) ? [] : [`${pointer} is ${JSON.stringify(answered)}`];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** To as many decimals as are shown. */
function rounded(value: number, shown: number): number {
  const decimals = /\.(\d+)/.exec(String(shown))?.[1]?.length ?? 0;
  return Number(value.toFixed(decimals));
}

function withoutChance(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID').replace(/\d{4}-\d\d-\d\dT[0-9:.]+Z/g, 'TIME');
}
