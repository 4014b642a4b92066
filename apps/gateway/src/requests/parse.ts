import { EarshotError, type RequestFault } from '@earshot/contracts';
import type { z } from 'zod';

/** Parses what a client sent; what does not fit is REQUEST_INVALID with one fault for each wrong place. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw requestInvalid(result.error.issues.flatMap(faultsOf));
}

export function requestInvalid(faults: RequestFault[]): EarshotError {
  const shown = faults.slice(0, 100);
  return new EarshotError(
    'REQUEST_INVALID',
    shown
      .map(({ pointer, detail }) => `${pointer} ${detail}`)
      .join('; ')
      .slice(0, 500),
    { faults: shown },
  );
}

/** What zod and every other standard schema says of one wrong place. */
interface Issue {
  message: string;
  path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}

/** Unknown members are named one by one: zod tells them of the object that holds them. What is missing is said so, and not by its type. */
export function faultsOf(issue: Issue): RequestFault[] {
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  if ('code' in issue && issue.code === 'unrecognized_keys' && 'keys' in issue && Array.isArray(issue.keys))
    return issue.keys.map((key) => ({ pointer: pointerOf([...path, String(key)]), detail: 'is not a known field' }));
  return [
    { pointer: pointerOf(path), detail: /^Invalid input: .* received undefined$/.test(issue.message) ? 'is missing' : issue.message },
  ];
}

/** RFC 6901, as a fragment. */
export function pointerOf(path: readonly string[]): string {
  return ['#', ...path.map((step) => step.slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}
