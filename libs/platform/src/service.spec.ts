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

/** How a service ends that is told to while it starts, and what it says before. */
async function endWhileStarting(start: string): Promise<{ code: number | null; words: string }> {
  const program = `import { runService } from '${built}'; console.log('starts'); await runService('spec', async () => { ${start} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'pipe', env: { PATH: process.env['PATH'] } });
  let words = '';
  child.stdout.on('data', (text) => (words += text));
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, 300)); // what is said first is said before it listens to signals
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  return { code, words };
}

describe('a service that is told to end while it starts', () => {
  const later = (ms: number) => `await new Promise((resolve) => setTimeout(resolve, ${ms}));`;
  const started = `return { close: async () => console.log('closed in order') };`;

  it('is closed in order as soon as it has started', async () => {
    expect(await endWhileStarting(`${later(1_500)} ${started}`)).toEqual({ code: 0, words: expect.stringContaining('closed in order') });
  });

  it('does not wait for long for what does not come', async () => {
    const { code, words } = await endWhileStarting(`${later(60_000)} ${started}`);
    expect(code).toBe(0);
    expect(words).not.toContain('closed in order');
  });
});
