import { canonicalJson } from '@earshot/contracts';
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
