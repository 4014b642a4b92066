// The process of one or several roles: `node roles-process.js gateway extractor`.
import { ConfigError, type ConfigFault, environment, type Running, readConfig } from '@earshot/platform';
import { z } from 'zod';
import { runChild } from './child.js';
import { roleModule, roleName } from './role.js';

interface Service {
  start(env: NodeJS.ProcessEnv): Promise<Running>;
  /** Optional: lets wrong settings be told before anything is started. */
  settings?: z.ZodObject;
}

const service = z.custom<Service>(
  (module) => typeof module === 'object' && module !== null && 'start' in module && typeof module.start === 'function',
);
const roles = process.argv.slice(2);

await runChild(roles.map(roleName).join('+'), async () => {
  const services = await Promise.all(
    roles.map(async (role) => ({ name: roleName(role), service: service.parse(await import(roleModule(role))) })),
  );
  return {
    faults: services.flatMap(({ service: { settings } }) => (settings === undefined ? [] : faultsOf(settings))),
    async start(env) {
      const urls: Record<string, string> = {};
      const closes: (() => Promise<void>)[] = [];
      for (const { name, service } of services) {
        const { url, close } = await service.start(env);
        if (url !== undefined) urls[name] = url;
        closes.push(close);
      }
      return {
        urls,
        async close() {
          await Promise.all(closes.map((close) => close()));
        },
      };
    },
  };
});

/** What only the supervisor knows stands for itself: it is set when the word to start comes. */
function faultsOf(settings: z.ZodObject): ConfigFault[] {
  try {
    readConfig(settings, { DATABASE_URL: 'postgres://earshot@127.0.0.1/postgres', ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}
