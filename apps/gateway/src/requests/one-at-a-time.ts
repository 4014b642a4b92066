import { AsyncResource } from 'node:async_hooks';
import type { Socket } from 'node:net';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** So many requests may wait on a connection for the one before them; nobody sends that many without reading an answer. */
const mostWaiting = 32;

/**
 * Works on the requests of one connection one after the other. Node hands all of them out that have come: a packet of 60 kB holds 1,400, whose
 * answers would all be made, and kept, for somebody who reads none.
 */
export function oneAtATime(): RequestHandler {
  const waitingOf = new WeakMap<Socket, (() => void)[]>();
  return ({ socket }: Request, response: Response, next: NextFunction) => {
    if (socket.destroyed) return;
    const waiting = waitingOf.get(socket);
    if (waiting !== undefined && waiting.length >= mostWaiting) return void socket.destroy();
    response.once('close', () => {
      const rest = waitingOf.get(socket);
      if (socket.destroyed || rest?.length === 0) waitingOf.delete(socket);
      else rest?.shift()?.();
    });
    if (waiting === undefined) {
      waitingOf.set(socket, []);
      next();
    } else waiting.push(AsyncResource.bind(() => next()));
  };
}
