// npm run bench -- NAME [...]: runs tools/src/bench/NAME.ts, which exports run(args).
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Bench {
  run(args: string[]): Promise<void>;
}

const [name = '', ...args] = process.argv.slice(2);
const file = new URL(`./${name}.js`, import.meta.url);
if (!/^[a-z][a-z0-9-]*$/.test(name) || name === 'main' || !existsSync(fileURLToPath(file))) {
  const names = readdirSync(new URL('.', import.meta.url)).flatMap((entry) => /^(?!main\.)([a-z0-9-]+)\.js$/.exec(entry)?.[1] ?? []);
  console.error(`Usage: npm run bench -- NAME [...]; there is ${names.join(', ')}`);
  process.exit(2);
}
const bench: Bench = await import(file.href);
await bench.run(args);
