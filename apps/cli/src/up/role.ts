import { fileURLToPath, pathToFileURL } from 'node:url';
import { promptMallocEnv } from '@earshot/platform';

/** A role is the name of a service (`gateway`), or the path of a module that exports the same as one (for tests). */
export function roleName(role: string): string {
  return isPath(role) ? role.replace(/^.*[\\/]|\.[^.]*$/g, '') : role;
}

/** What to import. The command starts services by name, it does not import their code: the arrows between packages do not apply. */
export function roleModule(role: string): string {
  return isPath(role) ? pathToFileURL(role).href : `@earshot/${role}`;
}

/** The process that runs these roles together, with these settings. */
export function rolesProcess(roles: string[], env: NodeJS.ProcessEnv) {
  return {
    name: roles.map(roleName).join('+'),
    entry: fileURLToPath(new URL('./roles-process.js', import.meta.url)),
    args: roles,
    env: roles.includes('gateway') ? { ...promptMallocEnv, ...env } : env,
  };
}

function isPath(role: string): boolean {
  return /[\\/]/.test(role);
}
