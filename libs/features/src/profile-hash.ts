import { remembered } from './remembered.js';
import { sha256 } from './sha256.js';

/** SHA-256 over the canonical JSON (keys sorted, no spaces), in hexadecimal. */
export function profileHash(definition: unknown): string {
  return sha256(new TextEncoder().encode(canonicalJson(definition)));
}

const keys = new WeakMap<object, string>();

/** The canonical JSON of an object that does not change, written once. */
export function keyOf(value: object): string {
  return remembered(keys, value, () => canonicalJson(value));
}

/** JSON in which equal values have equal text: the keys of every object in order. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
