import type { ModelVersionResource } from '@earshot/contracts';
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
});
