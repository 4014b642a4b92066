import { existsSync } from 'node:fs';
import { node24 } from './installed.mjs';
import { isCurrent, readOrNull, root, run, sha256, stamp } from './steps.mjs';

const generator = `${root}/tools/bootstrap/database-client.mjs`;

/** What is generated is not committed: Prisma's client from the schema, the types of the web app's client from the OpenAPI document. */
export async function ensureGenerated() {
  await ensureDatabaseClient();
  await ensureWebClient();
}

async function ensureDatabaseClient() {
  const schema = readOrNull(`${root}/prisma/schema.prisma`);
  if (schema === null) return;
  const state = sha256(schema, readOrNull(generator), readOrNull(`${root}/node_modules/@prisma/client-generator-ts/package.json`) ?? '');
  if (isCurrent('generated', state) && existsSync(`${root}/libs/database/src/generated/client.ts`)) return;
  await run('database client', node24, [generator, 'prisma/schema.prisma']);
  stamp('generated', state);
}

const webClient = 'apps/web/src/generated/openapi.ts';

async function ensureWebClient() {
  const document = readOrNull(`${root}/docs/openapi.json`);
  if (document === null || !existsSync(`${root}/apps/web`)) return;
  const state = sha256(document, readOrNull(`${root}/node_modules/openapi-typescript/package.json`) ?? '');
  if (isCurrent('web-client', state) && existsSync(`${root}/${webClient}`)) return;
  await run('web client', node24, [
    'node_modules/openapi-typescript/bin/cli.js',
    'docs/openapi.json',
    ...webClientOptions,
    '-o',
    webClient,
  ]);
  stamp('web-client', state);
}

/** What has a default may be left out of a request. */
const webClientOptions = ['--default-non-nullable', 'false'];
