import { jobEvents } from '@earshot/contracts';
import type { JobRow, Workspace } from '@earshot/database';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import type { Request, Response } from 'express';
import { callerOf } from '../access/caller.js';
import { Operation } from '../docs/operation.js';
import { schemaRef } from '../docs/schemas.js';
import { lastEventId } from '../docs/shared-parts.js';
import { type Answer, nothing } from '../requests/answer.js';
import { jobIdOf } from '../requests/path-id.js';
import { WORKSPACE } from '../tokens.js';
import { EventStreams, eventText } from './event-streams.js';

const reconnectMs = 3_000;

@Controller('api/v1/jobs/:id/events')
export class EventsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly streams: EventStreams,
  ) {}

  @Operation({
    id: 'streamJobEvents',
    tag: 'Jobs',
    summary: 'Tells what happens to a job, as server-sent events',
    description: `Events are ${Object.keys(jobEvents)
      .map((type) => `\`${type}\``)
      .join(', ')}; \`id\` is their number within the job, \`data\` is JSON. The stream ends after \`job.finished\`.`,
    idOf: 'job',
    requestHeaders: [lastEventId],
    answers: {
      200: {
        description: 'The events after `Last-Event-ID`, and those to come',
        content: { 'text/event-stream': { schema: schemaRef('JobEvent') } },
      },
      204: { description: 'The job has ended, and you have all its events' },
    },
    problems: ['JOB_NOT_FOUND'],
  })
  @Get()
  async stream(@Param('id') id: string, @Req() request: Request): Promise<Answer> {
    const job = await this.workspace.jobs.get(jobIdOf(id));
    const after = lastEventOf(request);
    const headers = { 'Cache-Control': 'no-store' };
    // Nothing will ever come: this tells an EventSource to stop asking.
    if (job.finishedAt !== null && after >= job.events) return nothing(204, headers);
    if (request.res !== undefined) this.streams.take(request.res, callerOf(request).holder);
    return {
      status: 200,
      headers: { ...headers, 'X-Accel-Buffering': 'no' },
      body: { type: 'text/event-stream; charset=utf-8', listener: (response) => this.listen(job, after, response) },
    };
  }

  private listen({ id, kind, events }: JobRow, after: number, response: Response): void {
    response.write(`retry: ${reconnectMs}\n\n`);
    // More than the job has ever told: the client's number is of another time, and what it knows cannot be relied on.
    const isFromElsewhere = after > events;
    if (isFromElsewhere) response.write(eventText({ type: 'resync', jobId: id, kind }));
    this.streams.add({ jobId: id, kind, after: isFromElsewhere ? 0 : after, response });
  }
}

function lastEventOf(request: Request): number {
  const sent = request.get('last-event-id') ?? '';
  return /^\d{1,9}$/.test(sent) ? Number(sent) : 0;
}
