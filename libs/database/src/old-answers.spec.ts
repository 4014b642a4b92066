import { OldAnswers, quantileSeconds } from './old-answers.js';
import { freshDatabase } from './testing/fresh-database.js';

describe('what old clients were answered', () => {
  const fresh = freshDatabase();

  it('is counted by version and label, whoever counts at the same time', async () => {
    const counting = [1, 2].map(() => new OldAnswers(fresh.database, fresh.workspace.id));
    const answers = Array.from({ length: 200 }, (_, i) => ({
      system: 'keywords',
      told: i % 10 === 9 ? null : { version: 1 + (i % 2), label: i % 3 === 0 ? 'yes' : 'no' },
      seconds: i % 20 === 0 ? 2 : 0.05,
    }));
    await Promise.all(answers.map((answer, i) => counting[i % 2]?.count(answer)));
    const { told, failed } = await new OldAnswers(fresh.database, fresh.workspace.id).read('keywords');
    expect(failed).toBe(20);
    const expected = Map.groupBy(
      answers.flatMap((answer) => answer.told ?? []),
      ({ version, label }) => `${version} ${label}`,
    );
    expect(new Map(told.map(({ version, label, answers: n }) => [`${version} ${label}`, n]))).toEqual(
      new Map([...expected].map(([place, same]) => [place, same.length])),
    );
    expect(told.reduce((sum, { seconds }) => sum + seconds, 0)).toBeCloseTo(170 * 0.05 + 10 * 2, 3);
    expect(quantileSeconds(told, 0.5)).toBeGreaterThanOrEqual(0.05);
    expect(quantileSeconds(told, 0.5)).toBeLessThan(0.056);
    expect(quantileSeconds(told, 0.99)).toBeGreaterThanOrEqual(2);
    expect(quantileSeconds(told, 0.99)).toBeLessThan(2.2);
  });

  it('is nothing where there was no answer', async () => {
    expect(await new OldAnswers(fresh.database, fresh.workspace.id).read('talent')).toEqual({ told: [], failed: 0 });
    expect(quantileSeconds([], 0.95)).toBe(0);
  });
});
