// The key of a server that wants one: kept in this tab, and forgotten with it.
import { Kept } from '../kept.js';

const kept = new Kept('sessionStorage', 'earshot-key');

export const keyOf = (): string | null => kept.value;
export const keepKey = (key: string): void => void kept.keep(key);
export const forgetKey = (): void => void kept.keep(null);
