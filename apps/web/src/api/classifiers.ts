import { useQuery } from '@tanstack/react-query';
import { answer, api } from './client.js';
import { pagesOf } from './pages.js';

const limit = 100;
/** More are not read. */
const most = 2_000;

export function readClassifiers() {
  return pagesOf((cursor) => answer(api.GET('/api/v1/classifiers', { params: { query: { limit, cursor } } })), most);
}

/** All classifiers, with the versions that their aliases point at. */
export function useClassifiers() {
  return useQuery({ queryKey: ['classifiers'], queryFn: readClassifiers });
}

/** The version that answers who names none. */
export function productionOf({ aliases }: { aliases: readonly { alias: string; version: number }[] }): number | undefined {
  return aliases.find(({ alias }) => alias === 'production')?.version;
}
