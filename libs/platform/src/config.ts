import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One wrong setting: the variable, the form that is expected, and what was found (never the value of a secret). */
export interface ConfigFault {
  name: string;
  expected: string;
  found: string;
}

/** Settings that do not have the expected form: all of them at once. Entry points end with exit code 78. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: ConfigFault[]) {
    super(faults.map(({ name, expected, found }) => `${name}: expected ${expected}; ${found}`).join('\n'));
  }
}

/** The exit code of every entry point whose settings cannot be used (EX_CONFIG). */
export const configExitCode = 78;

/** The environment of this process: the only place that touches it. */
export const environment: NodeJS.ProcessEnv = process.env;

/**
 * Reads a service's settings, once, at its start. An empty variable counts as one that is not set, as in
 * `docker compose`'s `${NAME:-}`. NAME_FILE may be the path of a file that holds the value of NAME. Throws a ConfigError
 * that lists every fault.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv = environment): z.output<S> {
  const faults = new Map<string, ConfigFault>();
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const given = { ...set, ...valuesInFiles(Object.keys(schema.shape), set, faults) };
  const result = schema.safeParse(given);
  if (result.success && faults.size === 0) return result.data;
  for (const { path, message } of result.error?.issues ?? []) {
    const name = path.map(String).join('.');
    if (!faults.has(name) && !faults.has(fileOf(name)))
      faults.set(name, { name, expected: message, found: describeFound(name, given[name]) });
  }
  throw new ConfigError([...faults.values()]);
}

/** The name of the variable that says in which file the value of a setting is: what the environment holds, more programs can see. */
const fileOf = (name: string): string => `${name}_FILE`;

/** Of those settings that are given by files; without a line break at the end, which editors put there. */
function valuesInFiles(
  names: readonly string[],
  set: Readonly<Record<string, string | undefined>>,
  faults: Map<string, ConfigFault>,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of names) {
    const path = set[fileOf(name)];
    if (path === undefined) continue;
    try {
      const value = readFileSync(path, 'utf8').trimEnd();
      if (value !== '') values[name] = value; // as with an empty variable
    } catch (error) {
      const expected = 'the path of a file that can be read';
      faults.set(fileOf(name), { name: fileOf(name), expected, found: `it is "${path}": ${error}` });
    }
  }
  return values;
}

/** A rule over several settings. It runs even when single settings are wrong, so that its fault is listed with theirs. */
export function rule<T>(check: (config: T, fault: (name: keyof T & string, expected: string) => void) => void) {
  return z.superRefine<T>(
    (config, context) => check(config, (name, expected) => context.addIssue({ code: 'custom', path: [name], message: expected })),
    { when: () => true },
  );
}

function describeFound(name: string, value: string | undefined): string {
  if (value === undefined) return 'it is not set';
  return /KEY|SECRET|PASSWORD|TOKEN|URL/.test(name) ? `what is set has another form (${value.length} characters)` : `it is "${value}"`;
}
