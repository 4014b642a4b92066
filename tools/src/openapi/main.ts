// npm run openapi            writes docs/openapi.json from the gateway's routes and contracts
// npm run openapi -- --check tells whether it is current (part of `npm run check`)
import { readFile, writeFile } from 'node:fs/promises';
import { openApiDocument } from '@earshot/gateway';

const path = 'docs/openapi.json';
const [argument] = process.argv.slice(2);
const current = `${JSON.stringify(await openApiDocument(), null, 2)}\n`;

if (argument === undefined) await writeFile(path, current);
else if (argument !== '--check') {
  console.error('Usage: npm run openapi, or npm run openapi -- --check');
  process.exitCode = 2;
} else if ((await readFile(path, 'utf8').catch(() => '')) !== current) {
  console.error(`${path} is not what the routes and contracts make; \`npm run openapi\` writes it`);
  process.exitCode = 1;
}
