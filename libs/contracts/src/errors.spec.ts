import { EarshotError } from './errors.js';

describe('an error', () => {
  it('says where it was made, but for refusals, which are made by the thousand', () => {
    expect(new EarshotError('INTERNAL', 'x').stack).toContain(' at ');
    expect(new EarshotError('BUSY', 'x').stack).not.toContain(' at ');
    expect(new EarshotError('INTERNAL', 'x').stack).toContain(' at ');
  });
});
