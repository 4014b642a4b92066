import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Job } from '../../api/work.js';
import { span } from '../../jobs/spans.js';
import { ChartWithTable } from '../../ui/chart-with-table.js';
import { periodsOf } from './periods.js';

const series = [
  { name: 'done', key: 'succeeded', colour: 'var(--series-4)' },
  { name: 'failed', key: 'failed', colour: 'var(--bad)' },
  { name: 'cancelled or too late', key: 'other', colour: 'var(--edge)' },
] as const;

const dayMs = 86_400_000;

/** How many ended when, and how. */
export function EndedJobs({ jobs }: { jobs: readonly Job[] }) {
  const { lengthMs, items } = periodsOf(jobs, Date.now(), -60_000 * new Date().getTimezoneOffset());
  const form = formOf(lengthMs, items.length);
  const asLabel = (fromMs: number, isPartial: boolean) => {
    const text = new Date(fromMs).toLocaleString([], form);
    return isPartial ? `${text} …` : text;
  };
  const data = items.map(({ fromMs, isPartial, ...counts }) => ({ when: asLabel(fromMs, isPartial), ...counts }));
  return (
    <ChartWithTable
      title="Jobs that ended"
      note={`In periods of ${span(lengthMs).replace(/ 0 (s|min|h)$/, '')}; the last one (…) is not over.`}
      table={{
        head: ['From', ...series.map(({ name }) => name)],
        rows: data.map((period) => [period.when, ...series.map(({ key }) => period[key])]),
      }}
    >
      <ResponsiveContainer width="100%" height={240}>
        <BarChart data={data} margin={{ top: 4, right: 4, bottom: 0, left: -20 }} accessibilityLayer>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="when" tick={{ fill: 'var(--muted)', fontSize: 13 }} tickLine={false} axisLine={false} minTickGap={24} />
          <YAxis allowDecimals={false} tick={{ fill: 'var(--muted)', fontSize: 13 }} tickLine={false} axisLine={false} />
          <Tooltip
            cursor={{ fill: 'var(--sunken)' }}
            contentStyle={{ background: 'var(--surface)', border: '1px solid var(--line)', borderRadius: 9 }}
          />
          <Legend iconType="circle" itemSorter={null} formatter={(name) => <span className="text-note text-ink">{name}</span>} />
          {series.map(({ name, key, colour }) => (
            <Bar key={key} dataKey={key} name={name} stackId="jobs" fill={colour} maxBarSize={40} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </ChartWithTable>
  );
}

/** The time alone is enough within a day, and the date alone for whole days. */
function formOf(lengthMs: number, periods: number): Intl.DateTimeFormatOptions {
  const day = { day: 'numeric', month: 'short' } as const;
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  if (lengthMs >= dayMs) return day;
  return lengthMs * periods > dayMs ? { ...day, ...time } : time;
}
