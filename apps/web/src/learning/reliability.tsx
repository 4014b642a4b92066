import { ChartWithTable } from '../ui/chart-with-table.js';
import { LineChart } from '../ui/line-chart.js';
import { percent } from '../ui/percent.js';
import type { Evaluation } from './evaluation.js';

/** How often it is right when it says that it is so sure; on the diagonal it means what it says. */
export function Reliability({ evaluation: { calibration } }: { evaluation: Evaluation }) {
  const bins = calibration.bins.filter(({ rows }) => rows > 0);
  return (
    <ChartWithTable
      title="Reliability"
      note={`Right against sure, in ${calibration.bins.length} bins; on average they are ${percent(calibration.ece)} apart. The dashed line is a model that means what it says.`}
      table={{
        head: ['Sure', 'Clips', 'Mean certainty', 'Right'],
        rows: bins.map(({ from, to, rows, confidence, accuracy }) => [
          `${percent(from, 0)} to ${percent(to, 0)}`,
          rows,
          percent(confidence),
          percent(accuracy),
        ]),
      }}
    >
      <LineChart
        label={`Reliability in ${bins.length} bins; the table has the numbers`}
        rows={bins.map(({ confidence, accuracy }) => ({ sure: confidence, 'right, of the clips of a bin': accuracy }))}
        x="sure"
        xLabel="how sure it was"
        series={['right, of the clips of a bin']}
        xDomain={[0, 1]}
        yDomain={[0, 1]}
        reference={[
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ]}
        marks
        write={(share) => percent(share, 0)}
      />
    </ChartWithTable>
  );
}
