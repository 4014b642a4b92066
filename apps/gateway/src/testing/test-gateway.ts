import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@earshot/database';
import { startTestPostgres } from '@earshot/database/testing';
import { start } from '../start.js';
import { Conformance } from './conformance.js';

export interface TestGateway {
  url: string;
  home: string;
  databaseUrl: string;
  /** For looking at what was stored. */
  database: Database;
  /** Asks it; every answer is held against the OpenAPI document. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** A real gateway on a free loopback port, with a PostgreSQL server and a blob folder of its own. */
export async function startTestGateway(settings: Record<string, string> = {}): Promise<TestGateway> {
  const postgres = await startTestPostgres();
  const home = await mkdtemp(join(tmpdir(), 'earshot-gateway-'));
  const databaseUrl = await postgres.createDatabase();
  const environment = {
    DATABASE_URL: databaseUrl,
    EARSHOT_HOME: home,
    PORT: '0',
    DRAIN_SECONDS: '0',
    LOG_LEVEL: 'fatal',
    ...settings,
  };
  const gateway = await start(environment, { modelsFolder: home }); // in which there are none: specs look at rows of their own
  const database = new Database({ url: databaseUrl, applicationName: 'gateway spec' });
  const url = gateway.url ?? '';
  const conformance = await Conformance.withDocument();
  return {
    url,
    home,
    databaseUrl,
    database,
    async fetch(path, init) {
      const response = await fetch(new URL(path, url), init);
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
      if (!isStream) await conformance.check(init?.method ?? 'GET', new URL(path, url), response.clone());
      return response;
    },
    async close() {
      await gateway.close();
      await database.close();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A multipart body with these files in the field `file`. */
export function formOf(...files: [name: string, bytes: Uint8Array<ArrayBuffer>][]): FormData {
  const form = new FormData();
  for (const [name, bytes] of files) form.append('file', new Blob([bytes]), name);
  return form;
}
