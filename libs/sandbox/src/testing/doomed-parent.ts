// A program for tests: a parent whose child is busy in a loop, to be killed from outside. It prints the child's folder.
import { ChildPool } from '../pool/child-pool.js';
import { misbehavingTable } from './misbehaving-table.js';

const log = { info() {}, warn() {}, error() {} };
const pool = new ChildPool({
  children: 1,
  log,
  table: misbehavingTable,
  functionsModule: new URL('./misbehaving-functions.js', import.meta.url),
});
const { folder } = await pool.run('whoAmI', null);
process.stdout.write(`${folder}\n`);
await pool.run('loop', null);
