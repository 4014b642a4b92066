import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError, readConfig } from './config.js';
import {
  accessRule,
  accessSettings,
  blobSettings,
  databaseSettings,
  homeSettings,
  listenSettings,
  logSettings,
  redisSettings,
  s3Rule,
  s3Settings,
  wholeNumber,
} from './settings.js';

const schema = z
  .object({ ...databaseSettings, ...redisSettings, ...homeSettings, ...s3Settings, ...logSettings, ...listenSettings, ...accessSettings })
  .check(s3Rule, accessRule);
const least = { DATABASE_URL: 'postgres://u:p@localhost:5432/earshot' };
const s3 = { S3_BUCKET: 'clips', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' };

function faultsOf(env: Record<string, string>): Record<string, string> {
  try {
    readConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return Object.fromEntries(error.faults.map(({ name, expected }) => [name, expected]));
    throw error;
  }
  return {};
}

describe('the settings', () => {
  it('have defaults that serve this machine only', () => {
    const defaults = {
      EARSHOT_HOME: '.earshot',
      LOG_LEVEL: 'info',
      HOST: '127.0.0.1',
      PORT: 8000,
      HIGH_PRIORITY_CALLERS: ['open', 'admin'],
    };
    expect(readConfig(schema, least)).toEqual({ ...least, ...defaults });
  });

  it('are reported wrong all at once, single ones and rules together', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://x',
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      HOST: '0.0.0.0',
      S3_BUCKET: 'clips',
      S3_ACCESS_KEY_ID: 'a',
    });
    expect(Object.keys(faults).sort()).toEqual(['DATABASE_URL', 'EARSHOT_ACCESS', 'LOG_LEVEL', 'PORT', 'S3_SECRET_ACCESS_KEY'].sort());
    expect(faults['PORT']).toBe('a whole number from 0 to 65535');
  });

  describe('that stand in files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-config-spec-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const fileWith = (text: string) => {
      const path = join(folder, `${text.length}`);
      writeFileSync(path, text);
      return path;
    };

    it('are read from them, without the line break at the end', () => {
      const { DATABASE_URL, EARSHOT_ADMIN_KEY } = readConfig(schema, {
        DATABASE_URL_FILE: fileWith(`${least.DATABASE_URL}\n`),
        EARSHOT_ADMIN_KEY_FILE: fileWith('0123456789abcdef01234567\r\n'),
      });
      expect([DATABASE_URL, EARSHOT_ADMIN_KEY]).toEqual([least.DATABASE_URL, '0123456789abcdef01234567']);
    });

    it('count before those of the environment', () => {
      const both = { ...least, REDIS_URL: 'redis://a', REDIS_URL_FILE: fileWith('redis://bb') };
      expect(readConfig(schema, both).REDIS_URL).toBe('redis://bb');
    });

    it('are not set where the file is empty', () => {
      expect(readConfig(schema, { ...least, REDIS_URL_FILE: fileWith('\n') })).not.toHaveProperty('REDIS_URL');
      expect(faultsOf({ DATABASE_URL_FILE: fileWith('\n') })).toHaveProperty('DATABASE_URL');
    });

    it('are told by the name of what is wrong: the file, or what is in it', () => {
      expect(faultsOf({ DATABASE_URL_FILE: join(folder, 'nowhere') })).toEqual({
        DATABASE_URL_FILE: 'the path of a file that can be read',
      });
      expect(Object.keys(faultsOf({ ...least, PORT_FILE: fileWith('eighty') }))).toEqual(['PORT']);
    });
  });

  it.each(['0', '65535', '8000'])('accept PORT=%s', (PORT) => expect(readConfig(schema, { ...least, PORT }).PORT).toBe(Number(PORT)));
  it.each(['-1', '65536', '80.5', 'x', 'NaN'])('refuse PORT=%s', (PORT) => expect(faultsOf({ ...least, PORT })).toHaveProperty('PORT'));

  it('take an empty variable for one that is not set', () => {
    expect(readConfig(schema, { ...least, PORT: '', REDIS_URL: ' ' })).toMatchObject({ PORT: 8000 });
    expect(faultsOf({ DATABASE_URL: '' })).toHaveProperty('DATABASE_URL');
  });

  it('never show the value of a secret', () => {
    const wrong = { ...least, EARSHOT_ADMIN_KEY: 'short-secret', DATABASE_URL: 'mysql://u:hunter2@h/x' };
    expect(() => readConfig(schema, wrong)).toThrow(/EARSHOT_ADMIN_KEY.*12 characters/);
    expect(() => readConfig(schema, wrong)).not.toThrow(/short-secret|hunter2/);
  });

  it.each([
    ['WARNING', 'warn'],
    ['critical', 'fatal'],
    ['Debug', 'debug'],
  ])('understand LOG_LEVEL=%s', (given, level) => expect(readConfig(schema, { ...least, LOG_LEVEL: given }).LOG_LEVEL).toBe(level));

  it('want of S3 the bucket, and a whole key or none, for which a role stands', () => {
    expect(faultsOf({ ...least, ...s3 })).toEqual({});
    expect(faultsOf({ ...least, S3_BUCKET: 'clips' })).toEqual({});
    expect(Object.keys(faultsOf({ ...least, S3_ENDPOINT: 'http://minio:9000' }))).toEqual(['S3_BUCKET']);
    expect(Object.keys(faultsOf({ ...least, S3_BUCKET: 'clips', S3_SECRET_ACCESS_KEY: 'b' }))).toEqual(['S3_ACCESS_KEY_ID']);
    expect(blobSettings(readConfig(schema, { ...least, S3_BUCKET: 'clips' })).s3).toMatchObject({
      bucket: 'clips',
      accessKeyId: undefined,
    });
  });

  it('say which bounds a number has', () => {
    expect(() => readConfig(z.object({ N: wholeNumber(1, 9) }), { N: '10' })).toThrow('N: expected a whole number from 1 to 9; it is "10"');
  });
});

describe('access', () => {
  it.each(['127.0.0.1', '127.8.0.1', '::1', 'localhost'])('needs no choice on %s', (HOST) =>
    expect(faultsOf({ ...least, HOST })).toEqual({}),
  );

  it.each(['0.0.0.0', '::', '192.168.1.4', 'earshot.example'])('needs a choice on %s', (HOST) => {
    expect(Object.keys(faultsOf({ ...least, HOST }))).toEqual(['EARSHOT_ACCESS']);
    expect(faultsOf({ ...least, HOST, EARSHOT_ACCESS: 'open' })).toEqual({});
  });

  it('has further callers with keys of their own, and names who may hurry', () => {
    const key = 'x'.repeat(24);
    const given = { ...least, EARSHOT_KEYS: `mobile=${key},batch-2=${key}`, HIGH_PRIORITY_CALLERS: 'admin,mobile' };
    expect(readConfig(schema, given)).toMatchObject({
      EARSHOT_KEYS: { mobile: key, 'batch-2': key },
      HIGH_PRIORITY_CALLERS: ['admin', 'mobile'],
    });
  });
  it.each(['mobile', 'mobile=short', `admin=${'x'.repeat(24)}`, `open=${'x'.repeat(24)}`, `Mobile=${'x'.repeat(24)}`])(
    'refuses %s as further callers',
    (EARSHOT_KEYS) => expect(faultsOf({ ...least, EARSHOT_KEYS })).toHaveProperty('EARSHOT_KEYS'),
  );

  it('by keys needs an admin key of 24 characters', () => {
    expect(faultsOf({ ...least, EARSHOT_ACCESS: 'keys' })).toHaveProperty('EARSHOT_ADMIN_KEY');
    expect(faultsOf({ ...least, EARSHOT_ACCESS: 'keys', EARSHOT_ADMIN_KEY: 'x'.repeat(23) })).toHaveProperty('EARSHOT_ADMIN_KEY');
    expect(faultsOf({ ...least, EARSHOT_ACCESS: 'keys', EARSHOT_ADMIN_KEY: 'x'.repeat(24) })).toEqual({});
  });
});
