import { pathToFileURL } from 'node:url';

/** A role is the name of a service (`gateway`), or the path of a module that exports the same as one (for tests). */
export function roleName(role: string): string {
  return isPath(role) ? role.replace(/^.*[\\/]|\.[^.]*$/g, '') : role;
}

/** What to import. The command starts services by name, it does not import their code: the arrows between packages do not apply. */
export function roleModule(role: string): string {
  return isPath(role) ? pathToFileURL(role).href : `@earshot/${role}`;
}

function isPath(role: string): boolean {
  return /[\\/]/.test(role);
}
