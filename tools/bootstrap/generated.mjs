import { existsSync } from 'node:fs';
import { node24 } from './installed.mjs';
import { isCurrent, readOrNull, root, run, sha256, stamp } from './steps.mjs';

const generator = `${root}/tools/bootstrap/database-client.mjs`;

/** Prisma's client is generated from the schema, and not committed. */
export async function ensureGenerated() {
  const schema = readOrNull(`${root}/prisma/schema.prisma`);
  if (schema === null) return;
  const state = sha256(schema, readOrNull(generator), readOrNull(`${root}/node_modules/@prisma/client-generator-ts/package.json`) ?? '');
  if (isCurrent('generated', state) && existsSync(`${root}/libs/database/src/generated/client.ts`)) return;
  await run('database client', node24, [generator, 'prisma/schema.prisma']);
  stamp('generated', state);
}
