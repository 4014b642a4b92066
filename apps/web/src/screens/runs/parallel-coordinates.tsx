import type { Run } from '../../learning/run.js';
import { significant } from '../../sound/numbers.js';
import { ChartWithTable } from '../../ui/chart-with-table.js';
import { LineChart } from '../../ui/line-chart.js';
import { axesOf, placeOn } from './axes.js';

/** A line for each run over what was set and what came of it; each axis from its lowest value to its highest. */
export function ParallelCoordinates({ runs, names }: { runs: readonly Run[]; names: readonly string[] }) {
  const axes = axesOf(runs).map((axis) => ({ ...axis, name: axis.name === 'log loss' ? 'log loss (lower is better)' : axis.name }));
  return (
    <ChartWithTable
      title="What was set, and what came of it"
      note="Every axis runs from the lowest value among these runs, at the bottom, to the highest."
      table={{
        head: ['Run', ...axes.map(({ name }) => name)],
        rows: names.map((name, place) => [name, ...axes.map(({ values }) => shown(values[place] ?? null))]),
      }}
    >
      <LineChart
        label={`${runs.length} runs over ${axes.map(({ name }) => name).join(', ')}`}
        rows={axes.map((axis) => ({
          axis: axis.name,
          ...Object.fromEntries(names.map((name, place) => [name, placeOn(axis, axis.values[place] ?? null)])),
        }))}
        x="axis"
        series={names}
        yDomain={[0, 1]}
        marks
        write={(share) => (share === 0 ? 'lowest' : share === 1 ? 'highest' : '')}
        heightPx={300}
      />
    </ChartWithTable>
  );
}

function shown(value: number | null): string {
  return value === null ? 'not known' : significant(value);
}
