import { clipIdOf, type Filled } from './fill.js';

/** What is read of a route, by its name in the results. */
export type Reads = Record<string, (time: number) => Promise<unknown>>;

/** Every list, filter and poll; each time another job where the route is asked by many. */
export function routesOf(url: string, { largeEnded, largeOpen, queued }: Filled): Reads {
  const get = async (path: string): Promise<{ nextCursor?: string | null }> => {
    const response = await fetch(`${url}/api/v1${path}`);
    if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
    return response.json();
  };
  const queuedJob = (time: number) => queued[time % queued.length] ?? '';
  const cursors = new Map<string, string>();
  /** Page after page of a list, as who reads it to its end. */
  const onward = async (path: string) => {
    const cursor = cursors.get(path);
    const { nextCursor } = await get(cursor === undefined ? path : `${path}&cursor=${encodeURIComponent(cursor)}`);
    if (nextCursor === null || nextCursor === undefined) cursors.delete(path);
    else cursors.set(path, nextCursor);
  };
  return {
    jobs: () => get('/jobs'),
    'jobs, page after page': () => onward('/jobs?limit=200'),
    'jobs?state=failed': () => get('/jobs?state=failed'),
    'jobs?state=expired, of which there is none': () => get('/jobs?state=expired'),
    'jobs?kind=features': () => get('/jobs?kind=features'),
    'jobs?kind=features&state=running, of which there is none': () => get('/jobs?kind=features&state=running'),
    'jobs?retryOf': () => get(`/jobs?retryOf=${largeEnded}`),
    'jobs?count=true': () => get('/jobs?count=true&limit=1'),
    'jobs?state=queued&limit=200, each with its position': () => get('/jobs?state=queued&limit=200'),
    'a job that waits': (time) => get(`/jobs/${queuedJob(time)}`),
    '500 jobs that wait, at once': (time) => Promise.all(Array.from({ length: 500 }, (_, i) => get(`/jobs/${queuedJob(time + i)}`))),
    'a job that ended': () => get(`/jobs/${largeEnded}`),
    'its result': () => get(`/jobs/${largeEnded}/result`),
    'its items': () => get(`/jobs/${largeEnded}/items`),
    'its items, page after page': () => onward(`/jobs/${largeEnded}/items?limit=200`),
    'its items?state=failed, of which there is none': () => get(`/jobs/${largeEnded}/items?state=failed`),
    'its items?state=pending, of which there is none': () => get(`/jobs/${largeEnded}/items?state=pending`),
    'an open job, items?state=pending, behind all that is done': () => get(`/jobs/${largeOpen}/items?state=pending`),
    'what was predicted about a clip': (time) => get(`/clips/${clipIdOf(time)}/predictions`),
    'its events, until the first': () => firstEvent(`${url}/api/v1/jobs/${largeOpen}/events`),
  };
}

async function firstEvent(url: string): Promise<void> {
  const over = new AbortController();
  const response = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: over.signal });
  const text = response.body?.pipeThrough(new TextDecoderStream());
  if (!response.ok || text === undefined) throw new Error(`${url} answered ${response.status}`);
  try {
    for await (const piece of text) if (piece.includes('data:')) return;
    throw new Error('The stream ended without an event');
  } finally {
    over.abort();
  }
}
