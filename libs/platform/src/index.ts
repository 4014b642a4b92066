export { ConfigError, type ConfigFault, configExitCode, environment, readConfig, rule } from './config.js';
export { csvRow } from './csv-row.js';
export { type CheckOptions, Health, type HealthAnswer } from './health.js';
export { answerMetrics, answerProbe, isProbe, startHealthServer } from './health-server.js';
export { createLog, type Log } from './log.js';
export { type LogContext, logContext, withLogContext } from './log-context.js';
export { isLoopback, isLoopbackHost } from './loopback.js';
export { Metrics, metrics } from './metrics.js';
export { promptMallocEnv } from './prompt-malloc-env.js';
export { refuseDebugger } from './refuse-debugger.js';
export { beginProcess, exitCodeOf, type Running, runService } from './service.js';
export { itemCounter, sandboxCounter, statementCounter, tellDoorbell } from './service-metrics.js';
export {
  accessRule,
  accessSettings,
  blobSettings,
  chromaSettings,
  connectionString,
  databaseSettings,
  healthSettings,
  homeSettings,
  listenSettings,
  logSettings,
  migrationSettings,
  redisSettings,
  s3Rule,
  s3Settings,
  wholeNumber,
} from './settings.js';
export { drainStep, onShutdown, runSteps, type ShutdownStep } from './shutdown.js';
export { checkSurroundings } from './surroundings.js';
