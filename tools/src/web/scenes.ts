import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { WebStack } from './web-stack.js';

/** A state of a screen that is worth looking at: screenshots are made of it, and axe looks for what hinders people there. */
export interface Scene {
  name: string;
  path: string | ((found: Found) => string);
  /** Fills what the screen shows, once for all pictures; what it returns the path may use. */
  prepare?: (stack: WebStack) => Promise<Found>;
  /** What the console complains of in this state, where it shows a refusal. */
  complaint?: RegExp;
  /** Brings the page from its address to the state, and waits for it. */
  act: (page: Page) => Promise<void>;
}

export type Found = Readonly<Record<string, string>>;

/** Those of each file in `scenes/`, by the file's name: that of the screen's folder. */
export async function scenesOf(screens: readonly string[] = []): Promise<Scene[]> {
  const folder = fileURLToPath(new URL('./scenes/', import.meta.url));
  const names = readdirSync(folder).flatMap((file) => /^([\w-]+)\.[jt]s$/.exec(file)?.[1] ?? []);
  const unknown = screens.filter((screen) => !names.includes(screen));
  if (unknown.length > 0) throw new Error(`There are no scenes of ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  const wanted = names.filter((name) => screens.length === 0 || screens.includes(name));
  const modules: { scenes: readonly Scene[] }[] = await Promise.all(wanted.map((name) => import(`./scenes/${name}.js`)));
  return modules.flatMap(({ scenes }) => scenes);
}

export function pathOf({ path }: Scene, found: Found): string {
  return typeof path === 'string' ? path : path(found);
}
