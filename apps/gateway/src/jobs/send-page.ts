import type { Request, Response } from 'express';
import { send } from '../requests/answer.js';
import type { Page } from './job-lists.js';

/** A page as JSON; `Link` leads to the next one. */
export function sendPage(request: Request, response: Response, page: Page<unknown>): void {
  if (page.nextCursor !== null) {
    const [path = '', search = ''] = request.originalUrl.split('?', 2);
    const query = new URLSearchParams(search);
    query.set('cursor', page.nextCursor);
    response.setHeader('Link', `<${path}?${query}>; rel="next"`);
  }
  send(response, { status: 200, body: JSON.stringify(page) });
}
