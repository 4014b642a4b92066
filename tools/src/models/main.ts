// npm run models:build -- NAME [...]: makes the models that come with Earshot, and what they are made from.
import { makeVoices } from './voices/make-voices.js';

const steps: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  voices: makeVoices,
};

const [name = '', ...args] = process.argv.slice(2);
const step = steps[name];
if (step === undefined) {
  console.error(`Usage: npm run models:build -- NAME [...]; there is ${Object.keys(steps).join(', ')}`);
  process.exit(2);
}
await step(args);
