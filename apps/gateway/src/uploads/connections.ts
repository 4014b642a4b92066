import type { Server } from 'node:http';

/** Connections of one port; each takes some 20 kB. Whoever comes after them is not answered at all: far more than any honest load. */
const mostConnections = 4_000;

/**
 * Bounds what connections take. A request has 60 s for its headers; for its body it has as long as it flows (`Bodies`), where Node would
 * cut it after 300 s with an answer of its own.
 */
export function boundConnections(server: Server): void {
  server.maxConnections = mostConnections;
  server.requestTimeout = 0;
  server.headersTimeout = 60_000;
}
