// A program for tests: describes the clip whose path is its argument in the sandbox, and prints what came out and which layers there are.
import { statSync } from 'node:fs';
import { Sandbox } from '../sandbox.js';

const [path = ''] = process.argv.slice(2);
const log = { info() {}, warn: console.error, error: console.error };
const sandbox = new Sandbox({ children: 1, log });
const { durationSeconds } = await sandbox.run('describe', { path, sizeBytes: statSync(path).size });
await sandbox.close();
process.stdout.write(JSON.stringify({ layers: [...sandbox.confinement.has], durationSeconds }));
