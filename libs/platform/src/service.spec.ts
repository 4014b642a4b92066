import { spawn } from 'node:child_process';
import { once } from 'node:events';

const built = new URL('../dist/service.js', import.meta.url).href;
const asService = `import { runService } from '${built}'; await runService('spec', async () => ({ close: async () => undefined }));`;
const ready = `console.log('ready'); setInterval(() => undefined, 1_000);`;

/** What it says when it is told to listen for a debugger. */
async function wordsAfterSignal(program: string): Promise<string> {
  const child = spawn(process.execPath, ['--inspect-port=0', '--input-type=module', '-e', `${program} ${ready}`], { stdio: 'pipe' });
  let words = '';
  child.stderr.on('data', (text) => (words += text));
  await once(child.stdout, 'data');
  child.kill('SIGUSR1');
  for (let n = 0; n < 20 && words === ''; n++) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGKILL');
  await once(child, 'close');
  return words;
}

describe('a process that is signalled to listen for a debugger', () => {
  it('does', async () => expect(await wordsAfterSignal('')).toContain('Debugger listening'));
  it('does not when it is a service', async () => expect(await wordsAfterSignal(asService)).toBe(''));
});
