import type { SettingsSearch } from '@earshot/contracts';
import { Random } from '@earshot/learning';
import { requestInvalid } from '../requests/parse.js';

type Settings = Record<string, unknown>;

interface Asked {
  search?: SettingsSearch;
  settings: Settings;
  seed: number;
}

/** The settings of each training of a search, decided by the seed; null where there is none. `complete` adds defaults, and refuses what the recipe does. */
export function trialsOf({ search, settings, seed }: Asked, complete: (settings: Settings) => Settings): Settings[] | null {
  if (search === undefined) return null;
  const names = Object.keys(search.space).toSorted();
  if (names.length === 0) throw requestInvalid([{ pointer: '#/search/space', detail: 'must name a setting' }]);
  for (const name of names) checkRange(name, search.space[name]);
  return Array.from({ length: search.trials }, (_, trial) => {
    if (trial === 0) return complete(settings);
    const random = new Random(seed, 'search', trial);
    const drawn = names.map((name, i) => [name, drawnFrom(search.space[name], random.uniform(i))]);
    return complete({ ...settings, ...Object.fromEntries(drawn) });
  });
}

type Range = SettingsSearch['space'][string];

/** `share` from 0 to below 1. */
function drawnFrom(range: Range | undefined, share: number): unknown {
  if (range === undefined) return undefined;
  if ('choices' in range) return range.choices[Math.floor(share * range.choices.length)];
  const { low, high, isLog, isWhole } = range;
  if (isWhole && !isLog) return low + Math.floor(share * (high - low + 1));
  const value = isLog ? low * (high / low) ** share : low + share * (high - low);
  return isWhole ? Math.round(value) : value;
}

function checkRange(name: string, range: Range | undefined): void {
  if (range === undefined || 'choices' in range) return;
  const refuse = (detail: string) => {
    throw requestInvalid([{ pointer: `#/search/space/${name}`, detail }]);
  };
  if (range.low >= range.high) refuse('must have a `high` above its `low`');
  if (range.isLog && range.low <= 0) refuse('must have a `low` above 0 where it is drawn by its logarithm');
  if (range.isWhole && !(Number.isInteger(range.low) && Number.isInteger(range.high))) refuse('must have whole bounds');
}
