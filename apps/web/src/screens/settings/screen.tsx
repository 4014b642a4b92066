import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { productionOf, useClassifiers } from '../../api/classifiers.js';
import { answer, api } from '../../api/client.js';
import { type Status, useStatus } from '../../api/status.js';
import { Parts } from '../../jobs/parts.js';
import { kindNames } from '../../jobs/words.js';
import { Badge } from '../../ui/badge.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { PageTitle } from '../../ui/page-title.js';
import { Access } from './access.js';
import { Licences } from './licences.js';

const number = new Intl.NumberFormat('en');
const megabytes = (bytes: number) => `${number.format(bytes / 1_000_000)} MB`;

/** `/settings`: what this installation is, who may use it, within which limits, and what it keeps. */
export function Screen() {
  const status = useStatus();
  return (
    <>
      <PageTitle title="Settings">
        What this server is and what it allows. Its settings are read from its environment when it starts, so they are shown here and
        changed there.
      </PageTitle>
      {status.data === undefined ? (
        status.error ? (
          <ErrorState error={status.error} onRetry={() => void status.refetch()} />
        ) : (
          <Loading rows={8} />
        )
      ) : (
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Section title="Access">
            <Access access={status.data.access} />
          </Section>
          <Section title="Versions">
            <Rows
              rows={[
                ['Earshot', status.data.version],
                ['Started', <Moment key="started" at={status.data.startedAt} />],
                [
                  'State',
                  <Badge key="state" tone={status.data.status === 'ready' ? 'good' : 'warn'}>
                    {status.data.status}
                  </Badge>,
                ],
                [
                  'API',
                  <a key="api" href="/docs" className="underline underline-offset-2">
                    described in OpenAPI
                  </a>,
                ],
              ]}
            />
            <ModelVersions />
          </Section>
          <Section title="Limits and use">
            <Limits status={status.data} />
          </Section>
          <Section title="What is kept">
            <Retention status={status.data} />
          </Section>
          <Section title="Health of the parts" className="lg:col-span-2">
            <Parts status={status.data} />
          </Section>
          <Section title="Licences" className="lg:col-span-2">
            <Licences />
          </Section>
        </div>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl>
      {rows.map(([name, value]) => (
        <div key={name} className="flex items-baseline justify-between gap-4 border-b border-line py-2.5">
          <dt className="text-muted">{name}</dt>
          <dd className="text-right font-medium tabular-nums wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Which version of each classifier answers. */
function ModelVersions() {
  const classifiers = useClassifiers();
  const atWork = (classifiers.data ?? []).flatMap((classifier) => {
    const version = productionOf(classifier);
    return version === undefined ? [] : [[`Classifier ${classifier.name}`, `version ${version}`] as const];
  });
  return <Rows rows={atWork} />;
}

function Limits({ status: { limits, jobs } }: { status: Status }) {
  const counted = useQuery({
    queryKey: ['jobs', 'count'],
    queryFn: () => answer(api.GET('/api/v1/jobs', { params: { query: { limit: 1, count: true } } })),
  });
  const stats = useQuery({ queryKey: ['library', 'stats'], queryFn: () => answer(api.GET('/api/v1/library/stats')) });
  const total = counted.data?.total;
  return (
    <Rows
      rows={[
        ['One file', `up to ${megabytes(limits.maxFileBytes)}`],
        ['One upload', `up to ${megabytes(limits.maxUploadBytes)} in ${number.format(limits.maxFiles)} files`],
        [
          'Jobs that are kept',
          total === undefined ? '…' : `${counted.data?.isTotalExact === false ? 'about ' : ''}${number.format(total)}`,
        ],
        ['Jobs that have not ended', number.format(jobs.reduce((sum, { jobs: count }) => sum + count, 0))],
        ['Samples of the library', stats.data === undefined ? '…' : number.format(stats.data.samples)],
      ]}
    />
  );
}

function Retention({ status: { retention } }: { status: Status }) {
  const daysOf = (days: number | null) => (days === null ? 'for good' : days === 1 ? 'for a day' : `for ${days} days`);
  const names: Record<string, string> = kindNames;
  return (
    <>
      <Rows
        rows={[
          ['Jobs that have ended, with their results', daysOf(retention.days)],
          ...Object.entries(retention.daysByKind).map(([kind, days]) => [names[kind] ?? kind, daysOf(days)] as const),
          ['Clips, datasets and models', 'until they are deleted'],
        ]}
      />
      <p className="mt-4 text-note text-muted">
        Set by <code className="font-mono">RETENTION_DAYS</code> and <code className="font-mono">RETENTION_DAYS_BY_KIND</code>.
      </p>
    </>
  );
}
