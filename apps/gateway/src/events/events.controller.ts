import { jobEventTypes } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Operation } from '../docs/operation.js';
import { lastEventId } from '../docs/shared-parts.js';
import { jobIdOf } from '../requests/path-id.js';
import { WORKSPACE } from '../tokens.js';
import { EventStreams } from './event-streams.js';

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
    description: `Events are ${jobEventTypes.map((type) => `\`${type}\``).join(', ')}; \`id\` is their number within the job. The stream ends after \`job.finished\`.`,
    idOf: 'job',
    requestHeaders: [lastEventId],
    answers: {
      200: {
        description: 'The events after `Last-Event-ID`, and those to come',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      },
      204: { description: 'The job has ended, and you have all its events' },
    },
    problems: ['JOB_NOT_FOUND'],
  })
  @Get()
  async stream(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const job = await this.workspace.jobs.get(jobIdOf(id));
    const after = lastEventOf(request);
    response.setHeader('Cache-Control', 'no-store');
    if (job.finishedAt !== null && after >= job.events) {
      response.status(204).end(); // nothing will ever come: this tells an EventSource to stop asking
      return;
    }
    response.setHeader('Content-Type', 'text/event-stream; charset=utf-8').setHeader('X-Accel-Buffering', 'no');
    response.flushHeaders();
    response.write(`retry: ${reconnectMs}\n\n`);
    // More than the job has ever told: the client's number is of another time, and what it knows cannot be relied on.
    if (after > job.events) response.write('event: resync\ndata: {}\n\n');
    this.streams.add(job.id, after > job.events ? 0 : after, response);
  }
}

function lastEventOf(request: Request): number {
  const sent = request.get('last-event-id') ?? '';
  return /^\d{1,9}$/.test(sent) ? Number(sent) : 0;
}
