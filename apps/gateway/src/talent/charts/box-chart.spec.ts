import { boxChart } from './box-chart.js';

const chart = (values: readonly (readonly number[])[], title = 'A title') =>
  boxChart({
    title,
    subtitle: 'What it shows',
    series: [
      { name: 'bad', color: '#111111' },
      { name: 'good', color: '#222222' },
    ],
    rows: [[{ title: 'Centroid', unit: 'Hz', groups: [{ name: 'mean', values }] }]],
  });
const boxesOf = (svg: string) =>
  [...svg.matchAll(/<g stroke="(#\d+)" fill="#\d+">.*?<rect x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/g)].map((match) =>
    match.slice(1),
  );

describe('a chart of boxes', () => {
  it('has a box for each series, on one scale', () => {
    const boxes = boxesOf(
      chart([
        [1, 2, 3, 4, 5],
        [3, 4, 5, 6, 7],
      ]),
    );
    expect(boxes.map(([color]) => color)).toEqual(['#111111', '#222222']);
    const [[, badLeft, badTop, badHeight] = [], [, goodLeft, goodTop, goodHeight] = []] = boxes;
    expect(badHeight).toBe(goodHeight); // two apart each
    expect(Number(badTop)).toBeCloseTo(Number(goodTop) + Number(goodHeight), 0); // the quartiles 4 of the one and 4 of the other
    expect(Number(badLeft)).toBeLessThan(Number(goodLeft));
  });

  it('shows each of few values, and of many only those beyond the whiskers', () => {
    const dots = (values: number[]) => [...chart([values, []]).matchAll(/<circle/g)].length;
    expect(dots([1, 2, 3])).toBe(3);
    expect(dots([...Array.from({ length: 100 }, (_, i) => i), 1_000])).toBe(1);
  });

  it('leaves out the box of a series without values, and draws one value', () => {
    expect(boxesOf(chart([[], [5]])).map(([color]) => color)).toEqual(['#222222']);
    expect(chart([[0], [0]])).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('is text that nothing in it can break out of', () =>
    expect(chart([[1], [2]], '<script> & "')).toContain('&#60;script&#62; &#38; &#34;'));
});
