import { QueryClient } from '@tanstack/react-query';
import { onReturn } from './server.js';

/** What was read is kept while the server is away, and read again when it is back. */
export const queries = new QueryClient({
  defaultOptions: { queries: { networkMode: 'always', retry: false, staleTime: 5_000 }, mutations: { networkMode: 'always' } },
});

/** Of a query that asks for work: what came of it stays, and whoever comes back to the page asks for nothing. */
export const workedOut = { staleTime: Number.POSITIVE_INFINITY, meta: { isWork: true } } as const;

onReturn(() => void queries.invalidateQueries({ predicate: ({ state, meta }) => meta?.['isWork'] !== true || state.status !== 'success' }));
