import { entriesOf, faultOf, fieldsOf, settingsOf, titleOf } from './settings.js';

const fields = fieldsOf({
  properties: {
    epochs: { type: 'integer', minimum: 5, maximum: 200, default: 100, description: 'At most' },
    schedule: { type: 'string', enum: ['plateau', 'cosine'], default: 'plateau' },
    masks: { type: 'boolean', default: true },
    hidden: { type: 'array', default: [64, 32] },
  },
});
const [epochs, schedule, masks, hidden] = fields;

describe('the settings of a recipe', () => {
  it('are fields with their defaults', () => {
    expect(epochs).toEqual({ kind: 'number', name: 'epochs', note: 'At most', initial: '100', isWhole: true, least: 5, most: 200 });
    expect(schedule).toMatchObject({ kind: 'choice', choices: ['plateau', 'cosine'], initial: 'plateau' });
    expect([masks?.initial, hidden?.initial]).toEqual(['true', '[64,32]']);
  });

  it('are refused beyond their range, by its words', () => {
    expect(epochs && faultOf(epochs, '4')).toBe('must be within 5 to 200');
    expect(epochs && faultOf(epochs, '10.5')).toBe('must be a whole number');
    expect(hidden && faultOf(hidden, '64, 32')).toMatch('must be JSON');
    expect(epochs && faultOf(epochs, '200')).toBeUndefined();
  });

  it('are sent where they are not as by default', () => {
    const entries = { epochs: '20', schedule: 'cosine', masks: 'false', hidden: '[64,32]' };
    expect(settingsOf(fields, entries)).toEqual({ epochs: 20, schedule: 'cosine', masks: false });
  });

  it('come back from those of a run', () =>
    expect(settingsOf(fields, entriesOf({ epochs: 50, schedule: 'plateau', hidden: [8] }))).toEqual({ epochs: 50, hidden: [8] }));

  it('have names for people', () => expect(titleOf('learningRate')).toBe('Learning rate'));
});
