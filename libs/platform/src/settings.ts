// The settings that more than one service has. A service spreads those it needs into its own schema:
//   z.object({ ...databaseSettings, ...listenSettings, ...accessSettings }).check(accessRule)
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { rule } from './config.js';
import { isLoopback } from './loopback.js';

export const databaseSettings = {
  DATABASE_URL: connectionString(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/name'),
};

/** Of whoever migrates: `DATABASE_URL` is then that of the owner of the tables. */
export const migrationSettings = {
  ...databaseSettings,
  SERVICES_DATABASE_URL: connectionString(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/name').optional(),
};

export const redisSettings = {
  REDIS_URL: connectionString(['redis:', 'rediss:'], 'redis://user:password@host:6379').optional(),
};

/** The vectors of the sample library. Without it nothing can be searched, and everything else works. */
export const chromaSettings = {
  CHROMA_URL: connectionString(['http:', 'https:'], 'http://host:8000').optional(),
};

/** Where everything lives that is not in the database: blobs without S3, the embedded PostgreSQL. */
export const homeSettings = {
  EARSHOT_HOME: z.string().default('.earshot'),
};

/**
 * S3 in place of the blob folder. Without a key the SDK's own chain of credentials is asked: the machine's or the pod's role, AWS_…
 * variables, a shared profile.
 */
export const s3Settings = {
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket')
    .optional(),
  S3_ENDPOINT: connectionString(['http:', 'https:'], 'https://host:port').optional(),
  S3_REGION: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
};

export const s3Rule = rule<z.output<z.ZodObject<typeof s3Settings>>>((config, fault) => {
  const given = Object.keys(s3Settings).filter((name) => name in config);
  if (given.length > 0 && !('S3_BUCKET' in config)) fault('S3_BUCKET', `a value, because ${given.join(', ')} is set`);
  const [half] = keyPair.filter((name) => name in config);
  const [missing] = keyPair.filter((name) => !(name in config));
  if (half !== undefined && missing !== undefined)
    fault(missing, `a value, because ${half} is set: both, or neither for the machine's role`);
});

const keyPair = ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const otherNamesOfLevels: Record<string, string> = { warning: 'warn', critical: 'fatal' };

/** `LOG_LEVEL` in any case; Python's names are understood too, because an old system's settings have them. */
export const logSettings = {
  LOG_LEVEL: z
    .preprocess(
      (value) => (typeof value === 'string' ? (otherNamesOfLevels[value.toLowerCase()] ?? value.toLowerCase()) : value),
      z.enum(levels, { error: `one of ${levels.join(', ')}` }),
    )
    .default('info'),
};

/** Where the gateway listens. Port 0 takes any free one. */
export const listenSettings = {
  HOST: host().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8000),
};

/** Where a worker answers /livez, /readyz and /metrics. Port 0 takes any free one. */
export const healthSettings = {
  HEALTH_HOST: host().default('127.0.0.1'),
  HEALTH_PORT: wholeNumber(0, 65_535).default(8010),
};

const namedKey = '(?!(?:admin|open)=)[a-z][a-z0-9-]{0,39}=[^,=\\s]{24,}';

export const accessSettings = {
  EARSHOT_ACCESS: z.enum(['open', 'keys'], { error: 'open or keys' }).optional(),
  EARSHOT_ADMIN_KEY: z.string().min(24, 'at least 24 characters').optional(),
  /** Further callers. They share all that is stored, and each has its own place in the queue. */
  EARSHOT_KEYS: z
    .string()
    .regex(
      new RegExp(`^${namedKey}(,${namedKey})*$`),
      'names with keys of at least 24 characters, like mobile=KEY,batch=KEY (not admin, not open)',
    )
    .transform((list) => Object.fromEntries(list.split(',').map((pair) => pair.split('='))) as Record<string, string>)
    .optional(),
  /** Who may have work done before everybody else's. */
  HIGH_PRIORITY_CALLERS: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/, 'names of callers, like admin,mobile')
    .default('open,admin')
    .transform((list) => list.split(',')),
};

/** `open` is what a loopback address gets without a choice; any other address needs one. */
export const accessRule = rule<z.output<z.ZodObject<typeof accessSettings & typeof listenSettings>>>((config, fault) => {
  if (config.EARSHOT_ACCESS === undefined && typeof config.HOST === 'string' && !isLoopback(config.HOST)) {
    fault('EARSHOT_ACCESS', `keys (or open, chosen on purpose), because HOST=${config.HOST} can be reached from other machines`);
  }
  if (config.EARSHOT_ACCESS === 'keys' && config.EARSHOT_ADMIN_KEY === undefined) {
    fault('EARSHOT_ADMIN_KEY', 'at least 24 characters, because EARSHOT_ACCESS=keys');
  }
});

/** A whole number between two bounds, both included. */
export function wholeNumber(min: number, max: number) {
  const form = `a whole number from ${min} to ${max}`;
  return z.coerce.number(form).int(form).min(min, form).max(max, form);
}

/** A URL of one of the schemes, with a host. */
export function connectionString(protocols: readonly string[], example: string) {
  return z
    .string(`a URL like ${example}`)
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).host !== '',
      `a URL like ${example}`,
    );
}

function host() {
  const form = 'an IP address or a host name';
  return z.string(form).refine((value) => isIP(value) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value), form);
}

/** Where the blobs are, in the form in which the blob store wants to know it: S3 where it is set, else a folder in the home. */
export function blobSettings(config: z.output<z.ZodObject<typeof homeSettings & typeof s3Settings>>) {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = config;
  const folder = resolve(config.EARSHOT_HOME, 'blobs');
  if (bucket === undefined) return { folder };
  return { folder, s3: { bucket, endpoint: config.S3_ENDPOINT, region: config.S3_REGION, accessKeyId, secretAccessKey } };
}
