import type { ServerResponse } from 'node:http';

/** A finished answer: what can be sent, and stored to be sent again. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** JSON text. */
  body: string;
}

export function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}
