import { QueryClient } from '@tanstack/react-query';
import { onReturn } from './server.js';

/** What was read is kept while the server is away, and read again when it is back. */
export const queries = new QueryClient({
  defaultOptions: { queries: { networkMode: 'always', retry: false, staleTime: 5_000 }, mutations: { networkMode: 'always' } },
});

onReturn(() => void queries.invalidateQueries());
