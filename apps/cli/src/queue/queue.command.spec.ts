import { startTestPostgres, type TestPostgres } from '@earshot/database/testing';
import { jest } from '@jest/globals';
import { createProgram } from '../program.js';

describe('earshot queue', () => {
  let postgres: TestPostgres;
  let url: string;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    url = await postgres.createDatabase();
  }, 60_000);
  afterAll(() => postgres.stop());
  afterEach(() => {
    jest.restoreAllMocks();
  });

  async function queue(...argv: string[]): Promise<string> {
    let printed = '';
    const take = (text: unknown) => {
      printed += String(text);
      return true;
    };
    jest.spyOn(process.stdout, 'write').mockImplementation(take);
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await createProgram({ DATABASE_URL: url }, () => undefined).parseAsync(['queue', ...argv], { from: 'user' });
    return printed;
  }

  it('pauses, limits, and says what is said of a queue', async () => {
    expect(await queue('pause', 'extract')).toBe('extract: paused, no limit\n');
    expect(await queue('limit', 'extract', '3')).toBe('extract: paused, at most 3 at once\n');
    expect(await queue('resume', 'extract')).toBe('extract: open, at most 3 at once\n');
    expect(JSON.parse(await queue('ls', '--json'))).toContainEqual({
      queue: 'extract',
      paused: false,
      limitTasks: 3,
      queued: 0,
      running: 0,
    });
    expect(await queue('limit', 'extract', 'none')).toBe('extract: open, no limit\n');
    expect(await queue('ls')).toContain('train: open, no limit, 0 wait, 0 run\n');
  });

  it.each([
    { argv: ['pause', 'nowhere'] },
    { argv: ['limit', 'extract', '0'] },
    { argv: ['limit', 'extract', '3000000000'] },
    { argv: ['limit', 'extract', 'many'] },
  ])('refuses $argv', async ({ argv }) => {
    await expect(queue(...argv)).rejects.toThrow(/invalid/);
  });
});
