import type { Request } from 'express';
import { z } from 'zod';

/** A route as Express keeps it. */
const layer = z.object({
  route: z.object({ methods: z.record(z.string(), z.boolean()) }),
  match: z.custom<(path: string) => boolean>((value) => typeof value === 'function'),
});

/** The methods that the path of a request takes, when its own is not among them; none when there is no such path. */
export function otherMethodsOf(request: Request): string[] {
  const named = methodsOf(request);
  return named.has(request.method) ? [] : [...named].sort();
}

/** Whether anything is served at the path of a request, by whatever method. */
export function hasRoute(request: Request): boolean {
  return methodsOf(request).size > 0;
}

function methodsOf(request: Request): Set<string> {
  const stack: unknown[] = request.app.router.stack;
  const methods = stack.flatMap((entry) => {
    const { data } = layer.safeParse(entry);
    // Called as a method: it keeps what it finds in its object.
    return data !== undefined && Reflect.apply(data.match, entry, [request.path]) ? Object.keys(data.route.methods) : [];
  });
  const named = new Set(methods.filter((method) => !method.startsWith('_')).map((method) => method.toUpperCase()));
  if (named.has('GET')) named.add('HEAD');
  return named;
}
