import { existsSync } from 'node:fs';
import { node24 } from './installed.mjs';
import { isCurrent, readOrNull, root, run, sha256, stamp } from './steps.mjs';

/** Prisma's client is generated from the schema, and not committed. */
export async function ensureGenerated() {
  const schema = readOrNull(`${root}/prisma/schema.prisma`);
  if (schema === null) return;
  const state = sha256(schema, readOrNull(`${root}/node_modules/prisma/package.json`) ?? '');
  if (isCurrent('generated', state) && existsSync(`${root}/libs/database/src/generated/client.ts`)) return;
  // Generating needs no engine, but Prisma wants to download one unless it is told that there is a file.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
  await run('database client', node24, [`${root}/node_modules/prisma/build/index.js`, 'generate', '--schema', 'prisma/schema.prisma'], {
    env,
  });
  stamp('generated', state);
}
