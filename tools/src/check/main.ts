// npm run check   what runs before each commit: format, lint, types, arrows, unit tests, generated files, migrations
// npm test        that, and everything else that CI runs; the last line is `N passed, N failed`
import { type Check, checks } from './checks.js';
import type { Outcome } from './outcome.js';

const all = checks(process.argv[2] === 'test' ? 'whole' : 'unit');
const startMs = Date.now();
const outcomes: Outcome[] = [];

// The first ones are quick and use one core each; what starts processes and servers runs alone, so that its times mean something.
const together = all.filter(({ isAlone }) => !isAlone);
await Promise.all(together.map(report));
for (const check of all.filter(({ isAlone }) => isAlone)) await report(check);

const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log(`\n${seconds(startMs)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function report({ name, run }: Check): Promise<void> {
  const checkStartMs = Date.now();
  const outcome = await run().catch((error: unknown): Outcome => ({ passed: 0, failed: 1, output: String(error) }));
  outcomes.push(outcome);
  const count = outcome.passed + outcome.failed === 1 ? '' : `  ${outcome.passed} passed, ${outcome.failed} failed`;
  console.log(`${outcome.failed === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(34)} ${seconds(checkStartMs).padStart(6)} s${count}`);
  const more = outcome.failed > 0 ? outcome.output : outcome.remark;
  if (more !== undefined) console.log(more.trimEnd().replace(/^/gm, '        '));
}

function seconds(sinceMs: number): string {
  return ((Date.now() - sinceMs) / 1000).toFixed(1);
}
