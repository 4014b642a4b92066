import { readFileSync } from 'node:fs';
import { queueNames, type ServiceStatus, serviceStatus } from '@earshot/contracts';
import type { Backlog, QueueRules } from '@earshot/database';
import type { Health } from '@earshot/platform';
import { Injectable } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import { bodyLimits } from '../uploads/limits.js';

type Settings = Pick<
  GatewayConfig,
  'EARSHOT_ACCESS' | 'MAX_FILE_MB' | 'MAX_UPLOAD_MB' | 'MAX_FILES' | 'RETENTION_DAYS' | 'RETENTION_DAYS_BY_KIND'
>;

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Puts together what the probes, the metrics and the settings know. */
@Injectable()
export class StatusService {
  private readonly startedAt = new Date().toISOString();

  constructor(
    private readonly health: Health,
    private readonly backlog: Backlog,
    private readonly rules: QueueRules,
    private readonly settings: Settings,
  ) {}

  async now(): Promise<ServiceStatus> {
    const [{ body }, tasks, rules, workers, jobs] = await Promise.all([
      this.health.ready(),
      this.backlog.tasks(queueNames),
      this.rules.of(queueNames),
      this.backlog.workers(),
      this.backlog.jobs(),
    ]);
    const { maxFileBytes, maxBodyBytes, maxFiles } = bodyLimits(this.settings);
    return serviceStatus.parse({
      version,
      startedAt: this.startedAt,
      status: body.status,
      checks: Object.entries(body.checks ?? {}).map(([name, check]) => ({ name, ...check })),
      workers,
      queues: tasks.map((task) => ({ ...task, ...rules.find(({ queue }) => queue === task.queue) })),
      jobs,
      access: this.settings.EARSHOT_ACCESS ?? 'open',
      limits: { maxFileBytes, maxUploadBytes: maxBodyBytes, maxFiles },
      retention: { days: this.settings.RETENTION_DAYS, daysByKind: this.settings.RETENTION_DAYS_BY_KIND ?? {} },
    });
  }
}
