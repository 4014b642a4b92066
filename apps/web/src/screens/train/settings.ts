// The settings of a recipe as the fields of a form, by the JSON Schema that the API gives.

export type SettingField = {
  name: string;
  note: string;
  /** As it is written in the field. */
  initial: string;
} & (
  | { kind: 'choice'; choices: readonly string[] }
  | { kind: 'number'; least?: number; most?: number; isWhole: boolean }
  | { kind: 'json' }
);

/** Beyond this a range is that of whole numbers themselves, and says nothing. */
const farthest = Number.MAX_SAFE_INTEGER;

export function fieldsOf(schema: Readonly<Record<string, unknown>>): SettingField[] {
  return Object.entries(recordOf(schema['properties'])).map(([name, property]) => fieldOf(name, recordOf(property)));
}

function fieldOf(name: string, property: Readonly<Record<string, unknown>>): SettingField {
  const { type, description, default: initial } = property;
  const base = { name, note: typeof description === 'string' ? description : '', initial: written(initial) };
  if (Array.isArray(property['enum'])) return { ...base, kind: 'choice', choices: property['enum'].map(String) };
  if (type === 'boolean') return { ...base, kind: 'choice', choices: ['true', 'false'] };
  if (type !== 'integer' && type !== 'number') return { ...base, kind: 'json' };
  const limit = (value: unknown) => (typeof value === 'number' && Math.abs(value) < farthest ? value : undefined);
  return { ...base, kind: 'number', isWhole: type === 'integer', least: limit(property['minimum']), most: limit(property['maximum']) };
}

/** What a field is called: `learningRate` is `Learning rate`. */
export function titleOf(name: string): string {
  const words = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What can be said against an entry before it is sent; undefined where nothing can. */
export function faultOf(field: SettingField, entry: string): string | undefined {
  if (field.kind === 'json') return isJson(entry) ? undefined : 'must be JSON, as it stands at first';
  if (field.kind === 'choice') return undefined;
  const value = Number(entry);
  const { least, most, isWhole } = field;
  if (entry.trim() === '' || !Number.isFinite(value)) return 'must be a number';
  if (isWhole && !Number.isInteger(value)) return 'must be a whole number';
  if ((least !== undefined && value < least) || (most !== undefined && value > most)) return `must be within ${rangeOf(field)}`;
  return undefined;
}

export function rangeOf({ least, most }: { least?: number; most?: number }): string {
  if (least === undefined && most === undefined) return '';
  return `${least ?? ''} to ${most ?? ''}`;
}

/** The settings that are not as they are by default, as a run takes them. */
export function settingsOf(fields: readonly SettingField[], entries: Readonly<Record<string, string>>): Record<string, unknown> {
  const changed = fields.filter(({ name, initial }) => entries[name] !== undefined && entries[name] !== initial);
  return Object.fromEntries(changed.map((field) => [field.name, settingOf(field, entries[field.name] ?? '')]));
}

/** The entries that stand for settings of a run. */
export function entriesOf(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, written(value)]));
}

function settingOf({ kind, ...field }: SettingField, entry: string): unknown {
  if (kind === 'number') return Number(entry);
  const isWord = kind === 'choice' && field.initial !== 'true' && field.initial !== 'false';
  return isWord ? entry : JSON.parse(entry);
}

function written(value: unknown): string {
  if (value === undefined) return 'null';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
