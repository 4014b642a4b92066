// node tools/bootstrap/database-client.mjs SCHEMA   writes Prisma's client where the schema's generator says
// Prisma's command of 217 MB does the same by these packages; they are undocumented, pinned, and known by this file alone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

const require = createRequire(import.meta.url); // the packages' ES modules name files that are not there
const { getDMMF, PrismaClientTsGenerator } = require('@prisma/client-generator-ts');
const { enginesVersion } = require('@prisma/engines-version');
const { getConfig } = require('@prisma/internals');

const [schemaPath] = process.argv.slice(2);
const datamodel = readFileSync(schemaPath, 'utf8');
const files = [[schemaPath, datamodel]];
const { generators, datasources } = await getConfig({ datamodel: files });
const [generator] = generators;
generator.output.value = resolve(dirname(schemaPath), generator.output.value);
generator.isCustomOutput = true;

await new PrismaClientTsGenerator().generate({
  generator,
  otherGenerators: [],
  schemaPath,
  dmmf: await getDMMF({ datamodel: files }),
  datasources,
  datamodel,
  version: enginesVersion,
});
