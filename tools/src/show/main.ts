// npm run show -- NAME [...]: runs tools/src/show/NAME.ts, which exports run(args). A show prints what it finds, one JSON line each.
import { readdirSync } from 'node:fs';

interface Show {
  run(args: string[]): Promise<void>;
}

const [name = '', ...args] = process.argv.slice(2);
const names = readdirSync(new URL('.', import.meta.url)).flatMap((entry) => /^(?!main\.)([a-z0-9-]+)\.js$/.exec(entry)?.[1] ?? []);
if (!names.includes(name)) {
  console.error(`Usage: npm run show -- NAME [...]; there is ${names.join(', ')}`);
  process.exit(2);
}
const show: Show = await import(new URL(`./${name}.js`, import.meta.url).href);
await show.run(args);
