import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Log } from '@earshot/platform';

const main = fileURLToPath(new URL('../main.js', import.meta.url));
const folder = fileURLToPath(new URL('../../../../library/', import.meta.url));

/** How an installation that has no samples of its own gets those that come with Earshot, so that search, map and anomalies show something. */
export class Demonstration {
  private child: ChildProcess | null = null;
  private isStopped = false;

  constructor(
    private readonly settings: { home: string; env: NodeJS.ProcessEnv; isWanted: boolean },
    private readonly log: Log,
  ) {}

  /** Once in the life of a home: who deletes the loops does not find them there again. Never rejects: nothing else depends on them. */
  async add(url: string): Promise<void> {
    const { home, isWanted } = this.settings;
    const mark = `${home}/demonstration-library`;
    if (!isWanted || !existsSync(folder)) return;
    try {
      const state = await readFile(mark, 'utf8').catch(() => 'not begun');
      if (state === 'done' || !(state === 'begun' || (await this.mayBegin(url)))) return;
      await writeFile(mark, 'begun'); // whoever goes on with it must not take its first loops for somebody's own
      await this.import(url);
      await writeFile(mark, 'done');
    } catch (error) {
      if (this.isStopped) return;
      const reason = error instanceof Error ? error.message : error;
      this.log.warn(`the demonstration library could not be added (${reason}); the next start tries it again`);
    }
  }

  stop(): void {
    this.isStopped = true;
    this.child?.kill('SIGKILL'); // what it sent is whole, and is sent again by the next start
  }

  /** Not where there are samples, nor where keys are asked for: whoever set them up has no need of a demonstration. */
  private async mayBegin(url: string): Promise<boolean> {
    const response = await fetch(`${url}/stats`);
    if (response.status === 401) return false;
    if (!response.ok) throw new Error(`the library could not be counted: ${response.status}`);
    const { total_samples } = await response.json();
    return total_samples === 0;
  }

  private async import(url: string): Promise<void> {
    const env = { ...this.settings.env, EARSHOT_URL: url };
    const child = spawn(process.execPath, [main, 'library', 'import', folder], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.child = child;
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said = `${said}${text}`.slice(-500)));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    this.child = null;
    if (code !== 0) throw new Error(said.trim().split('\n').at(-1) || 'it was ended');
    this.log.info('the library has 120 loops to try search, map and anomalies on (EARSHOT_DEMONSTRATION=off leaves it empty)');
  }
}
