import { readFile } from 'node:fs/promises';
import { errorCodes } from '@earshot/contracts';
import { explainedErrors } from './error-table.js';

describe('docs/errors.md', () => {
  it('explains every code of the table with its status, once, and no other', async () => {
    const explained = explainedErrors(await readFile('docs/errors.md', 'utf8')).map(({ code, status }) => `${code} ${status}`);
    expect(explained.toSorted()).toEqual(
      Object.entries(errorCodes)
        .map(([code, { status }]) => `${code} ${status}`)
        .sort(),
    );
  });
});
