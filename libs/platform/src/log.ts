import { type DestinationStream, type Logger, pino } from 'pino';
import { logContext } from './log-context.js';

export type Log = Logger;

interface LogOptions {
  service: string;
  /** Default `info`. */
  level?: string;
  /** Default standard output. */
  destination?: DestinationStream;
}

/** JSON lines: `{"level":"info","time":"…Z","service":"gateway","requestId":"…","msg":"…"}`, without secrets. */
export function createLog({ service, level = 'info', destination }: LogOptions): Log {
  return pino(
    {
      level,
      base: { service },
      messageKey: 'msg',
      errorKey: 'error',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => ({ ...logContext() }),
      redact: { paths: secretFields, censor: '***' },
      hooks: { streamWrite: withoutSecrets },
    },
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

const secretNames = ['authorization', 'cookie', 'password', 'secret', 'token', 'apiKey', '["set-cookie"]', '["x-api-key"]'];
const secretFields = ['', '*', '*.*'].flatMap((depth) =>
  secretNames.map((name) => (name.startsWith('[') || depth === '' ? `${depth}${name}` : `${depth}.${name}`)),
);

/** Takes secrets out of any text: passwords in connection strings, API keys, the signatures of signed URLs. */
function withoutSecrets(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s"'\\:@/]*):[^\s"'\\@]*@/gi, '$1:***@')
    .replace(/\b(es_[A-Za-z0-9]+)_[A-Za-z0-9_-]+/g, '$1_***')
    .replace(/\b(Bearer|Basic) [A-Za-z0-9._~+/=-]+/g, '$1 ***')
    .replace(/([?&](?:X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|signature|token|key)=)[^&\s"'\\]+/gi, '$1***');
}
