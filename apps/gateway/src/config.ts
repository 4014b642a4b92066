import {
  accessRule,
  accessSettings,
  chromaSettings,
  databaseSettings,
  homeSettings,
  listenSettings,
  logSettings,
  redisSettings,
  s3Rule,
  s3Settings,
  wholeNumber,
} from '@earshot/platform';
import { z } from 'zod';
import { oldClientSettings } from './old-clients/old-client-settings.js';

const origins = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  )
  .refine(
    (list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'origins like https://app.example.com, separated by commas',
  );

const daysForm = '[1-9]\\d{0,4}|never';
const daysOf = (text: string) => (text === 'never' ? null : Number(text));

/** For how many days something is kept; null: for good. */
const days = z
  .string()
  .regex(new RegExp(`^(${daysForm})$`), 'a number of days, or never')
  .transform(daysOf);

const daysByKind = z
  .string()
  .regex(
    new RegExp(`^[a-z][a-z-]*=(${daysForm})(,[a-z][a-z-]*=(${daysForm}))*$`),
    'kinds of jobs with their days, like describe=7,features=never',
  )
  .transform((list) =>
    Object.fromEntries(
      list.split(',').map((entry) => {
        const [kind = '', text = ''] = entry.split('=');
        return [kind, daysOf(text)];
      }),
    ),
  );

/** Everything the gateway reads from the environment. */
export const gatewaySettings = z
  .object({
    ...databaseSettings,
    ...redisSettings,
    ...homeSettings,
    ...s3Settings,
    ...chromaSettings,
    ...logSettings,
    ...listenSettings,
    ...accessSettings,
    ...oldClientSettings,
    /** One uploaded file. */
    MAX_FILE_MB: wholeNumber(1, 100_000).default(200),
    /** One request with all its files. */
    MAX_UPLOAD_MB: wholeNumber(1, 1_000_000).default(2_048),
    MAX_FILES: wholeNumber(1, 10_000).default(10_000),
    /** What may wait of all callers together, and which part of it one caller may have. */
    MAX_WAITING_JOBS: wholeNumber(1, 10_000_000).default(500_000),
    MAX_WAITING_ITEMS: wholeNumber(1, 1_000_000_000).default(20_000_000),
    MAX_WAITING_MB: wholeNumber(1, 1_000_000_000).default(1_000_000),
    CALLER_SHARE_PERCENT: wholeNumber(1, 100).default(50),
    /** Web pages of these origins may call the API; none by default. */
    CORS_ORIGINS: origins.optional(),
    DATABASE_POOL: wholeNumber(2, 200).default(10),
    /** After their end jobs go with all that is theirs. */
    RETENTION_DAYS: days.default(30),
    RETENTION_DAYS_BY_KIND: daysByKind.optional(),
    /** For how long it goes on serving after its readiness turned to 503, so that balancers notice. */
    DRAIN_SECONDS: wholeNumber(0, 60).default(5),
  })
  .check(accessRule)
  .check(s3Rule);

export type GatewayConfig = z.output<typeof gatewaySettings>;
