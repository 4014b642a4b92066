import { setTimeout as sleep } from 'node:timers/promises';

export async function until(what: string, condition: () => Promise<boolean>, limitSeconds = 120): Promise<void> {
  for (const endMs = Date.now() + limitSeconds * 1_000; !(await condition()); await sleep(50))
    if (Date.now() > endMs) throw new Error(`Not after ${limitSeconds} s: ${what}`);
}
