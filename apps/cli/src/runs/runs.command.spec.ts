import { jest } from '@jest/globals';
import { createProgram } from '../program.js';

describe('earshot runs compare', () => {
  afterEach(() => jest.restoreAllMocks());

  it('says of one run that there is nothing to compare it with', async () => {
    const told: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0);
    const compare = createProgram({}, () => undefined).parseAsync(['runs', 'compare', 'one'], { from: 'user' });
    await expect(compare).rejects.toMatchObject({ name: 'CommanderError' });
    expect(told.join('')).toContain('two or more');
  });
});
