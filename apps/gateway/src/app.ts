import { answerMetrics, answerProbe, type Health, isProbe, type Log, type Metrics } from '@earshot/platform';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { access } from './access/access.js';
import type { GatewayConfig } from './config.js';
import { serveDocs } from './docs/serve-docs.js';
import { type GatewayParts, gatewayModule } from './gateway.module.js';
import { serveHome } from './home/serve-home.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { oneAtATime } from './requests/one-at-a-time.js';
import { requestLog } from './requests/request-log.js';
import { securityHeaders } from './requests/security-headers.js';
import { AnsweringAdapter } from './requests/write-answer.js';
import type { Bodies } from './uploads/bodies.js';

interface Surroundings {
  config: GatewayConfig;
  log: Log;
  health: Health;
  metrics: Metrics;
  bodies: Bodies;
}

/** The application, ready to listen; nothing of it is global, so several may live in one process. */
export async function createApp(
  parts: GatewayParts,
  { config, log, health, metrics, bodies }: Surroundings,
): Promise<NestExpressApplication> {
  const adapter = new AnsweringAdapter();
  adapter.set('etag', false); // answers that have a tag set it themselves
  adapter.set('query parser', 'simple');
  adapter.disable('x-powered-by');
  const app = await NestFactory.create<NestExpressApplication>(gatewayModule(parts), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  const door = access(config);
  const refusedAgain = metrics.counter({
    name: 'earshot_http_refused_again_total',
    help: 'Requests that came together with one that was refused by BUSY, and were refused unseen: they are in no other metric, nor in the log',
  });
  app.use(bodies.refuseAgain(() => refusedAgain.inc()));
  app.use(oneAtATime());
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (!isProbe(request)) return next();
    door(request, response, (refusal?: unknown) => {
      if (refusal !== undefined) next(refusal);
      else answerProbe(health, request, response).catch(next);
    });
  });
  app.use(requestLog({ log, metrics }));
  app.use(helmet(securityHeaders));
  if (config.CORS_ORIGINS !== undefined) app.enableCors({ origin: config.CORS_ORIGINS, exposedHeaders, maxAge: 600 });
  app.use(door);
  app.use((request: Request, response: Response, next: NextFunction) => {
    answerMetrics(metrics, request, response).then((isAnswered) => isAnswered || next(), next);
  });
  app.use(bodies.admit());
  serveDocs(app, parts.kinds.all); // before what would compress it for everybody who asks, with a key or without
  app.use(compression({ threshold: 1_000, filter: isCompressible }));
  app.useGlobalFilters(new ProblemFilter(log));
  serveHome(app, config);
  await app.init();
  return app;
}

const exposedHeaders = [
  'Location',
  'Retry-After',
  'ETag',
  'Link',
  'Preference-Applied',
  'Idempotency-Replayed',
  'X-Request-Id',
  'Content-Range',
  'Accept-Ranges',
  'Content-Disposition',
];

/** Whole documents only: a compressed stream arrives when its buffer is full, and not when it is told. */
function isCompressible(_request: unknown, response: Response): boolean {
  const type = String(response.getHeader('Content-Type') ?? '');
  return /^(application\/(problem\+)?json|application\/(javascript|manifest\+json)|image\/svg\+xml|text\/(html|css|javascript))/.test(type);
}
