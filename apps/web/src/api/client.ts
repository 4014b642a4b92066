// The only way to the server: a client whose paths, parameters and answers are typed by the OpenAPI document.
import createClient from 'openapi-fetch';
import type { paths } from '../generated/openapi.js';
import { awayFailure, Failure, type Problem } from './failure.js';
import { keyOf } from './key.js';
import { serverIsAway, serverIsThere } from './server.js';

export const api = createClient<paths, 'application/json'>();

api.use({
  onRequest({ request }) {
    const key = keyOf();
    if (key !== null) request.headers.set('Authorization', `Bearer ${key}`);
    return request;
  },
  onResponse() {
    serverIsThere();
  },
  onError() {
    if (navigator.onLine) serverIsAway();
    return awayFailure();
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
  const { data, error, response } = await sent;
  if (response.ok) return data as T; // typed by the document; an empty answer is `undefined` there too
  throw isProblem(error)
    ? new Failure(error)
    : new Failure({ title: 'The server gave an answer that is not Earshot’s', detail: `${response.status} ${response.statusText}` });
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value && 'detail' in value && 'code' in value;
}
