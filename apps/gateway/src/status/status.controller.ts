import type { ServiceStatus } from '@earshot/contracts';
import { Controller, Get } from '@nestjs/common';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { StatusService } from './status.service.js';

@Controller('api/v1/status')
export class StatusController {
  constructor(private readonly status: StatusService) {}

  @Operation({
    id: 'getStatus',
    tag: 'Service',
    summary: 'Tells how the installation is: its parts, queues, workers, limits, and what it keeps',
    answers: { 200: { description: 'As of this moment', content: json('ServiceStatus') } },
    problems: [],
  })
  @Get()
  async get(): Promise<Answer<ServiceStatus>> {
    return ok(await this.status.now());
  }
}
