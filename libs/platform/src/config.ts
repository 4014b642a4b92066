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
 * `docker compose`'s `${NAME:-}`. Throws a ConfigError that lists every fault.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv = environment): z.output<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const faults = new Map<string, ConfigFault>();
  for (const { path, message } of result.error.issues) {
    const name = path.map(String).join('.');
    if (!faults.has(name)) faults.set(name, { name, expected: message, found: describeFound(name, given[name]) });
  }
  throw new ConfigError([...faults.values()]);
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
