import type { Command } from 'commander';
import { printData } from '../terminal.js';

/** What this machine has of what Earshot would make use of, and what to do where it lacks something. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('what confines the children that decode files on this machine, and what it lacks')
    .option('--json', 'one JSON document')
    .action(async ({ json = false }: { json?: boolean }) => {
      const { confinementDetails, confinementOfHost } = await import('@earshot/sandbox');
      const confinement = confinementOfHost();
      if (json) return printData(JSON.stringify({ sandbox: confinementDetails(confinement) }));
      const { adviceOf } = await import('./advice.js');
      printData(adviceOf(confinement).join('\n'));
    });
}
