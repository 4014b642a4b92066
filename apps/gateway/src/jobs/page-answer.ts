import type { Request } from 'express';
import { type Answer, ok } from '../requests/answer.js';
import type { Page } from './job-lists.js';

/** A page as JSON; `Link` leads to the next one. */
export function pageAnswer<Value extends Page<unknown>>(request: Request, page: Value): Answer<Value> {
  if (page.nextCursor === null) return ok(page);
  const [path = '', search = ''] = request.originalUrl.split('?', 2);
  const query = new URLSearchParams(search);
  query.set('cursor', page.nextCursor);
  return ok(page, { Link: `<${path}?${query}>; rel="next"` });
}
