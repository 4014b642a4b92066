import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { printData } from '../terminal.js';

export function addVersion(program: Command): void {
  program
    .command('version')
    .description('the version of Earshot and of the Node it runs on')
    .option('--json', 'one JSON document')
    .action(({ json }: { json?: boolean }) => {
      const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
      const node = process.versions.node;
      printData(json ? JSON.stringify({ version, node }) : `earshot ${version} (Node ${node})`);
    });
}
