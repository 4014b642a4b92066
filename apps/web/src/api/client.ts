// The only way to the server: a client whose paths, parameters and answers are typed by the OpenAPI document.
import createClient from 'openapi-fetch';
import type { paths } from '../generated/openapi.js';
import { AwayFailure, BrokenOffFailure, Failure, type Problem } from './failure.js';
import { keyOf } from './key.js';
import { isThere, untilThere, wasAnswered } from './server.js';

export const api = createClient<paths, 'application/json'>();

const refusals = new Set<() => void>();

/** Calls back when the server refuses the key of this tab, or wants one. */
export function onRefusal(listener: () => void): () => void {
  refusals.add(listener);
  return () => void refusals.delete(listener);
}

api.use({
  onRequest({ request }) {
    const key = keyOf();
    if (key !== null) request.headers.set('Authorization', `Bearer ${key}`);
    return request;
  },
  onResponse({ response }) {
    wasAnswered();
    if (response.status === 401) for (const listener of refusals) listener();
  },
});

interface Sent<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * What was answered; a problem is thrown as a `Failure`.
 *
 *     useQuery({ queryKey: ['job', id], queryFn: () => answer(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } })) })
 */
export async function answer<T>(sent: Promise<Sent<T>>): Promise<T> {
  const { data, error, response } = await sent.catch(async (thrown: unknown) => {
    throw await failureOfSending(thrown);
  });
  if (response.ok) return data as T; // typed by the document; an empty answer is `undefined` there too
  throw isProblem(error)
    ? new Failure(error, secondsOf(response.headers.get('Retry-After')))
    : foreignFailure(`${response.status} ${response.statusText}`);
}

/** Asks again as long as it is only that the server is away, or takes no more just now; `tell` hears why it waits, and null when it goes on. */
export async function patiently<T>(ask: () => Promise<T>, tell: (waitsFor: Failure | null) => void = () => undefined): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Failure) || !(error instanceof AwayFailure || error.againAfterSeconds !== null)) throw error;
      tell(error);
      if (error instanceof AwayFailure) await untilThere();
      else await new Promise((resolve) => setTimeout(resolve, 1_000 * (error.againAfterSeconds ?? 1)));
      tell(null);
    }
  }
}

/** Why a request, or the answer to it, broke off. */
export async function failureOfSending(thrown: unknown): Promise<Failure> {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof SyntaxError) return foreignFailure('It is not JSON.');
  return (await isThere()) ? new BrokenOffFailure() : new AwayFailure();
}

function foreignFailure(detail: string): Failure {
  return new Failure({ title: 'The server gave an answer that is not Earshot’s', detail });
}

function secondsOf(retryAfter: string | null): number | null {
  const seconds = Number(retryAfter);
  return retryAfter !== null && seconds >= 0 ? seconds : null;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value && 'detail' in value && 'code' in value;
}
