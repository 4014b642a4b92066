import { globSync } from 'node:fs';
import { HandlerOf } from '@earshot/queue';
import type { Type } from '@nestjs/common';

/** Every handler below a service's source folder: the classes that files named `….handler.js` export and mark with `@Handles`. */
export async function discoverHandlers(folder: string): Promise<Type[]> {
  const files = globSync(['*/*.handler.js', '*/*.handler.ts'], { cwd: folder }).toSorted();
  const modules: object[] = await Promise.all(files.map((file) => import(`${folder}/${file}`)));
  return modules.flatMap((module) => Object.values(module)).filter((exported) => isHandler(exported));
}

function isHandler(exported: unknown): exported is Type {
  return typeof exported === 'function' && Reflect.hasMetadata(HandlerOf.KEY, exported);
}
