// Prisma's schema engine as WebAssembly: it writes SQL from a schema where the native engine cannot be downloaded.
// The package is undocumented and its versions are odd, so it is pinned and known by this file alone.
import { readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

const filters = { externalTables: [], externalEnums: [] };
export const schemaPath = 'prisma/schema.prisma';

/** The SQL that turns a database of the schema `from` (nothing, if it is null) into one of `to`. */
export async function sqlBetween(from: string | null, to: string, databaseUrl: string): Promise<string> {
  await loadEngine();
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  const schemaEngine = await engine.SchemaEngine.new({ datamodels: [['schema.prisma', to]] }, () => undefined, factory);
  const datamodel = (content: string): engine.DiffTarget => ({ tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] });
  const { stdout } = await schemaEngine.diff({
    from: from === null ? { tag: 'empty' } : datamodel(from),
    to: datamodel(to),
    script: true,
    exitCode: null,
    filters,
  });
  return stdout ?? '';
}

let loaded: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loaded ??= (async () => {
    const beside = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const module = await WebAssembly.compile(await readFile(new URL('schema_engine_bg.wasm', beside)));
    const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': engine });
    engine.__wbg_set_wasm(instance.exports);
    const start = instance.exports['__wbindgen_start'];
    if (typeof start === 'function') start();
  })();
  return loaded;
}
