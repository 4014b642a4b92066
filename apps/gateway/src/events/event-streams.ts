import { EarshotError } from '@earshot/contracts';
import type { EventRepository, JobEventRow } from '@earshot/database';
import type { Log } from '@earshot/platform';
import type { Response } from 'express';

interface Stream {
  jobId: string;
  kind: string;
  after: number;
  response: Response;
}

const pollMs = 300;
const commentMs = 15_000;
/** Each takes a connection, and is looked at at each turn. */
const mostStreams = 1_000;
/** Of these one caller may have so many: others find a place beside it. */
const mostOfCaller = 700;
/** A client that reads slower than its events come is let go; it comes back with its Last-Event-ID. */
const maxUnreadBytes = 1024 * 1024;

/** All open event streams of this gateway. One statement reads for all of them, and none runs while nobody listens. */
export class EventStreams {
  private readonly open = new Set<Stream>();
  /** Whose each is, from the request on. */
  private readonly places = new Map<Response, string>();
  private readonly comments = setInterval(() => this.comment(), commentMs).unref();
  private next: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly events: EventRepository,
    private readonly log: Log,
  ) {}

  /** Keeps a place for as long as the answer is open; throws BUSY when one stream more would be too many. */
  take(response: Response, holder: string): void {
    const own = [...this.places.values()].filter((other) => other === holder).length;
    if (this.places.size >= mostStreams || own >= mostOfCaller)
      throw new EarshotError('BUSY', `${this.places.size} streams are open, ${own} of them yours, which is as many as there may be`);
    if (response.closed) return; // its client has left meanwhile, and nothing would tell of it again
    this.places.set(response, holder);
    response.once('close', () => this.places.delete(response));
  }

  /** Sends the job's events after the number that the client has, and those to come, until the job has ended or the client leaves. */
  add(stream: Stream): void {
    const { response } = stream;
    if (response.closed) return;
    this.open.add(stream);
    response.once('close', () => this.open.delete(stream));
    if (this.isClosed) response.end();
    else if (this.next === undefined) this.schedule(0);
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.comments);
    clearTimeout(this.next);
    for (const { response } of this.open) response.end();
  }

  private schedule(delayMs: number): void {
    this.next = setTimeout(() => void this.poll(), delayMs);
  }

  private async poll(): Promise<void> {
    try {
      const lowest = new Map<string, number>();
      for (const { jobId, after } of this.open) lowest.set(jobId, Math.min(after, lowest.get(jobId) ?? after));
      const rows = lowest.size === 0 ? [] : await this.events.after([...lowest].map(([jobId, after]) => ({ jobId, after })));
      const byJob = Map.groupBy(rows, ({ jobId }) => jobId);
      for (const stream of this.open) this.send(stream, byJob.get(stream.jobId) ?? []);
    } catch (error) {
      this.log.warn({ error }, 'event rows could not be read; the streams wait');
    }
    this.next = undefined;
    if (this.open.size > 0 && !this.isClosed) this.schedule(pollMs);
  }

  private send(stream: Stream, rows: JobEventRow[]): void {
    const news = rows.filter(({ number }) => number > stream.after);
    const last = news.at(-1);
    if (last === undefined) return;
    stream.after = last.number;
    stream.response.write(news.map((row) => eventText(jobEventOf(row, stream.kind), row.number)).join(''));
    if (last.type === 'job.finished') stream.response.end();
    else if (stream.response.writableLength > maxUnreadBytes) stream.response.destroy();
  }

  private comment(): void {
    for (const { response } of this.open) response.write(': still here\n\n');
  }
}

function jobEventOf({ jobId, type, data, createdAt }: JobEventRow, kind: string): { type: string; [member: string]: unknown } {
  return { type, jobId, kind, at: createdAt.toISOString(), ...data };
}

/** One server-sent event: its data says its type again, so that it can be told by itself. */
export function eventText(event: { type: string; [member: string]: unknown }, number?: number): string {
  return `${number === undefined ? '' : `id: ${number}\n`}event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
