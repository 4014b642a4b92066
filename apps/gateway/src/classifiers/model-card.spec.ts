import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelVersionResource } from '@earshot/contracts';
import { bundledFolder } from './bundled-models.js';
import { cardText } from './model-card.js';

const version = (card: Record<string, unknown>) =>
  ({
    ...{ classifier: 'voices', version: 3, recipe: 'talent-mlp', profile: 'talent-37@1', labels: ['a', 'b'], createdAt: 'today' },
    ...{ card, metrics: { accuracy: 0.5 } },
  }) as unknown as ModelVersionResource;

describe('the card of a version', () => {
  it('is the one that its run wrote, in which nothing becomes a tag', () =>
    expect(cardText(version({ title: 'T', markdown: '# T\n\n| a | b |\n|---|---|\n| <b> | \\< |\n' }))).toBe(
      '# T\n\n| a | b |\n|---|---|\n| &lt;b> | \\< |\n',
    ));

  it('is made of what stands in it where there is none', () => {
    const text = cardText(version({ title: 'T', notTestedOn: ['anything'] }));
    expect(text).toMatch(/^# T\n[\s\S]*## Not tested on\n\n- anything\n[\s\S]*## Metrics\n\n- \*\*accuracy\*\*: 0\.5\n$/);
  });

  it('tells rows of figures as a table', () => {
    const text = cardText({
      ...version({ title: 'T' }),
      metrics: {
        perLabel: [{ label: 'a|b', f1: 0.123456 }, { label: 'c' }],
        confusion: [
          [1, 2],
          [3, 4],
        ],
      },
    });
    expect(text).toContain('\n- **perLabel**\n\n  | label | f1 |\n  |---|---|\n  | a\\|b | 0.1235 |\n  | c |  |\n');
    expect(text).toContain('\n  |  |  |\n  |---|---|\n  | 1 | 2 |\n  | 3 | 4 |\n');
  });

  it.each(readdirSync(bundledFolder))('of the bundled model %s says what it was not tested on, and nothing as JSON', (name) => {
    const { classifier, ...model } = JSON.parse(readFileSync(join(bundledFolder, name, 'model.json'), 'utf8'));
    const text = cardText({ ...model, classifier, version: 1, createdAt: 'today' });
    expect(text).toContain('## Not tested on');
    expect(text).not.toMatch(/[{[]"|\[object/);
  });
});
