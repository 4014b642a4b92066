import type { IncomingMessage } from 'node:http';
import { EarshotError } from '@earshot/contracts';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { callerOf, isAdmitted } from '../access/caller.js';
import { failed } from '../requests/answer.js';
import { hasBody } from '../requests/content-type.js';
import { requestIdOf } from '../requests/request-id.js';
import { writeAnswer } from '../requests/write-answer.js';
import { HeldBytes, shareOut } from './held-bytes.js';
import { Round } from './round.js';

export interface BodyBudgets {
  /** Requests with a body at once, until it has come; those that stand still count for this number only. */
  mostBodies: number;
  /** Those that are not answered yet, but for bodies that stand still and work that is waited for: more would only wait for each other. */
  mostActive: number;
  /** Of these one caller may have so many: others find a place beside it. */
  mostOfCaller: number;
  /** What they all may hold in memory. */
  heldBytes: number;
  /** Whoever sends has to send so much in so long. */
  leastBytes: number;
  windowMs: number;
  /** A body of which nothing came for so long stands still. */
  stillMs: number;
  /** A round of the event loop that has lasted for so long takes no more from whoever has had his part of it. */
  roundMs: number;
  partOfRound: number;
}

/** 192 are answered within half a second by a gateway that has little of two processors; 1 kB/s is a tenth of the slowest line that anybody has. */
const bodyBudgets: BodyBudgets = {
  mostBodies: 1_000,
  mostActive: 192,
  mostOfCaller: 128,
  heldBytes: 32_000_000,
  leastBytes: 30_000,
  windowMs: 30_000,
  stillMs: 1_000,
  roundMs: 80,
  partOfRound: 16,
};

const stillBusy = new EarshotError('BUSY', 'As many requests are being worked on as may');

const waits = new WeakMap<IncomingMessage, () => void>();

/** Tells that what the request asked for is accepted, and that from here on it only waits for the result. */
export function markWaiting(request: IncomingMessage): void {
  waits.get(request)?.();
}

interface Body {
  /** Whose it is. */
  holder: string;
  /** All of it has come. */
  isWhole: boolean;
  request: IncomingMessage;
  response: Response;
  /** Read from the socket when the window began. */
  bytesBefore: number;
  windowSinceMs: number;
  bytesLast: number;
  movedMs: number;
}

/**
 * Every body passes here: so many at once, so much of them in memory, and none slower than it may be. Who cannot be taken is told at
 * once; who stops sending is let go. A body that flows may last for as long as it likes.
 */
export class Bodies {
  private readonly underWay = new Set<Body>();
  private readonly held: HeldBytes;
  private readonly round: Round;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly budgets: BodyBudgets = bodyBudgets) {
    this.held = new HeldBytes(budgets.heldBytes);
    this.round = new Round(budgets);
    this.timer = setInterval(() => this.look(), Math.min(1_000, budgets.stillMs)).unref();
  }

  /** To be asked first: a caller who was told so in this round is told again, before anything is looked at. */
  refuseAgain(count: () => void = () => undefined): RequestHandler {
    return (request: Request, response: Response, next: NextFunction) => {
      if (!hasBody(request) || !this.round.hasRefused(credentialsOf(request))) return next();
      count();
      void writeAnswer(response, failed(stillBusy, { 'X-Request-Id': requestIdOf(request) }));
    };
  }

  admit(): RequestHandler {
    return (request: Request, response: Response, next: NextFunction) => {
      if (!hasBody(request) || !isAdmitted(request)) return next(); // what everybody may read has no use for a body
      const { holder } = callerOf(request);
      const reason = this.reasonAgainst(holder);
      if (reason !== null) {
        this.round.refuse(credentialsOf(request));
        return next(new EarshotError('BUSY', reason));
      }
      const share = this.held.share();
      const nowMs = performance.now();
      const bytes = request.socket.bytesRead;
      const body = {
        holder,
        isWhole: false,
        request,
        response,
        bytesBefore: bytes,
        windowSinceMs: nowMs,
        bytesLast: bytes,
        movedMs: nowMs,
      };
      this.underWay.add(body);
      shareOut(request, share);
      const over = () => this.underWay.delete(body);
      request.once('end', () => {
        body.isWhole = true;
      });
      response.once('close', () => {
        over();
        share.giveBack();
      });
      waits.set(request, over);
      next();
    };
  }

  close(): void {
    clearInterval(this.timer);
  }

  private reasonAgainst(holder: string): string | null {
    const { mostBodies, mostActive, mostOfCaller } = this.budgets;
    const { coming, active, own } = this.count(holder);
    if (coming >= mostBodies || active >= mostActive || own >= mostOfCaller)
      return `${active} requests are being worked on and ${coming} bodies come, which is as many as may`;
    return this.round.take(holder) ? null : 'More requests came at once than can be begun without letting all others wait';
  }

  private count(caller: string): { coming: number; active: number; own: number } {
    const sinceMs = performance.now() - this.budgets.stillMs;
    let [coming, active, own] = [0, 0, 0];
    for (const { holder, isWhole, movedMs } of this.underWay) {
      if (!isWhole) coming += 1;
      if (!isWhole && movedMs < sinceMs) continue;
      active += 1;
      if (holder === caller) own += 1;
    }
    return { coming, active, own };
  }

  private look(): void {
    const nowMs = performance.now();
    for (const body of this.underWay) {
      if (body.isWhole) continue;
      const bytes = body.request.socket.bytesRead;
      if (bytes !== body.bytesLast) body.movedMs = nowMs;
      body.bytesLast = bytes;
      if (this.isFastEnough(body, bytes)) {
        body.bytesBefore = bytes;
        body.windowSinceMs = nowMs;
      } else if (nowMs - body.windowSinceMs > this.budgets.windowMs) void this.letGo(body);
    }
  }

  /** What has come and is not read yet waits for us: that is not the sender's fault. */
  private isFastEnough({ request, bytesBefore }: Body, bytes: number): boolean {
    return bytes - bytesBefore >= this.budgets.leastBytes || request.readableLength > 0 || request.isPaused();
  }

  private async letGo(body: Body): Promise<void> {
    const { request, response } = body;
    const { leastBytes, windowMs } = this.budgets;
    this.underWay.delete(body);
    if (response.headersSent) request.destroy();
    else {
      const error = new EarshotError('BODY_TOO_SLOW', `Less than ${leastBytes} bytes came within ${windowMs / 1_000} s`);
      response.once('finish', () => request.destroy()); // whoever reads it is told that it was cut off
      await writeAnswer(response, failed(error, { Connection: 'close' }));
    }
  }
}

function credentialsOf({ headers }: IncomingMessage): string {
  return `${headers.authorization} ${headers['x-api-key']}`;
}
