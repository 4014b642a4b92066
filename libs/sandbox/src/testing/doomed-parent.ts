// A program for tests: a parent whose child is busy in a loop, to be killed from outside. It prints the child's process id.
import { ChildPool } from '../pool/child-pool.js';
import { misbehavingTable } from './misbehaving-table.js';

const log = { info() {}, warn() {}, error() {} };
const pool = new ChildPool({
  children: 1,
  log,
  table: misbehavingTable,
  functionsModule: new URL('./misbehaving-functions.js', import.meta.url),
});
const { pid } = await pool.run('whoAmI', null);
process.stdout.write(`${pid}\n`);
await pool.run('loop', null);
