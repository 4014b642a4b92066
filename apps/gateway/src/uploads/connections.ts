import type { IncomingMessage, Server } from 'node:http';

const limits = {
  /** Connections of one port; each takes some 20 kB. Whoever comes after them is not answered at all: far more than any honest load. */
  connections: 4_000,
  /** For the headers of a request. */
  headersMs: 60_000,
  /** On a connection whose client neither sends nor reads; longer than any answer is waited for. */
  silenceMs: 120_000,
  /** Between two requests: longer than proxies keep theirs (60 s), or what they send just then meets a connection that has ended. */
  idleMs: 75_000,
  /** For the rest of a body after the answer, which nobody asks for any more. */
  leftoverMs: 3_000,
};

/**
 * Bounds what connections take. For its body a request has as long as it flows (`Bodies`), where Node would cut it after 300 s with an
 * answer of its own; a body that has not come with the answer is not waited for.
 */
export function boundConnections(server: Server, { connections, headersMs, silenceMs, idleMs, leftoverMs } = limits): void {
  server.maxConnections = connections;
  server.requestTimeout = 0;
  server.headersTimeout = headersMs;
  server.timeout = silenceMs;
  server.keepAliveTimeout = idleMs;
  server.on('request', (request, response) => {
    response.once('finish', () => {
      if (!server.listening)
        request.socket.end(); // it is being closed, and waits for those that are kept
      else if (!request.complete) endUnlessComplete(request, leftoverMs);
    });
  });
}

/** Its timer ends with it: thousands of answered requests a second would each be held by theirs. */
function endUnlessComplete(request: IncomingMessage, afterMs: number): void {
  const timer = setTimeout(() => request.complete || request.socket.destroy(), afterMs).unref();
  request.once('close', () => clearTimeout(timer));
}
