import type { Filters } from './route.js';

/** The filters as the API takes them, in a list and in a search alike. */
export function filterOf({ text, genre, tag, licence, author, minSeconds, maxSeconds }: Filters) {
  return { text, genre, licence, author, minSeconds, maxSeconds, tags: tag === undefined ? undefined : [tag] };
}
