import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { GraduationCap } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { ImportModel } from '../../learning/import-model.js';
import { buttonLook } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';
import { Aliases } from './aliases.js';
import { route, type Shown } from './route.js';
import { Traffic } from './traffic.js';
import { Version } from './version.js';
import { Versions } from './versions.js';

/** One classifier: which version answers whom, and everything about each of them. */
export function Screen() {
  const { name } = route.useParams();
  const { version: chosen }: Shown = route.useSearch();
  const classifier = useQuery({
    queryKey: ['classifier', name],
    queryFn: () => answer(api.GET('/api/v1/classifiers/{name}', { params: { path: { name } } })),
  });
  const versions = useQuery({
    queryKey: ['versions', name],
    queryFn: () => answer(api.GET('/api/v1/classifiers/{name}/versions', { params: { path: { name }, query: { limit: 200 } } })),
  });
  const error = classifier.error ?? versions.error;
  if (classifier.data === undefined || versions.data === undefined)
    return error ? (
      <ErrorState error={error} onRetry={() => void Promise.all([classifier.refetch(), versions.refetch()])} />
    ) : (
      <Loading rows={8} />
    );
  const { description, aliases } = classifier.data;
  const shown = chosen ?? aliases.find(({ alias }) => alias === 'production')?.version ?? versions.data.items[0]?.version;
  return (
    <>
      <PageTitle
        title={name}
        actions={
          <>
            <Link to="/train" search={{ classifier: name }} className={buttonLook()}>
              <GraduationCap size={18} aria-hidden /> Train the next
            </Link>
            <ImportModel classifier={name} />
          </>
        }
      >
        {description === '' ? undefined : description}
      </PageTitle>
      <div className="space-y-6">
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Aliases classifier={classifier.data} />
          <Traffic key={classifier.data.revision} classifier={classifier.data} />
        </div>
        <Section title="Versions" note="The newest first. They never change.">
          <Versions versions={versions.data.items} shown={shown} />
        </Section>
        {shown !== undefined && <Version key={shown} classifier={name} version={shown} others={versions.data.items} />}
      </div>
    </>
  );
}
