import { figureName } from './figure-name.js';

describe('the name of a figure', () => {
  it.each([
    ['test.macro.rocAuc', 'Held out: macro ROC AUC'],
    ['validation.balancedAccuracy', 'Validation: balanced accuracy'],
    ['test.calibration.ece', 'Held out: calibration error'],
    ['accuracy', 'Accuracy'],
  ])('%s is %s', (path, name) => expect(figureName(path)).toBe(name));
});
