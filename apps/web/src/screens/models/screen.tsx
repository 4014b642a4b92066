import { Link } from '@tanstack/react-router';
import { Boxes } from 'lucide-react';
import { useClassifiers } from '../../api/classifiers.js';
import { ImportModel } from '../../learning/import-model.js';
import { Badge } from '../../ui/badge.js';
import { buttonLook } from '../../ui/button.js';
import { Card } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { PageTitle } from '../../ui/page-title.js';

/** The classifiers, and which of their versions answers. */
export function Screen() {
  const classifiers = useClassifiers();
  return (
    <>
      <PageTitle title="Models" actions={<ImportModel />}>
        A classifier is a name; its versions never change, and aliases say which of them answers.
      </PageTitle>
      {classifiers.data === undefined &&
        (classifiers.error ? <ErrorState error={classifiers.error} onRetry={() => void classifiers.refetch()} /> : <Loading rows={4} />)}
      {classifiers.data?.length === 0 && (
        <EmptyState icon={Boxes} text="Classifiers stand here, each with its versions, as soon as one was trained or imported.">
          <Link to="/train" className={buttonLook()}>
            Train a model
          </Link>
        </EmptyState>
      )}
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {classifiers.data?.map(({ name, description, aliases, traffic, versions }) => (
          <li key={name} className="min-w-0">
            <Card className="relative flex h-full flex-col gap-3 hover:border-edge">
              <h2 className="text-lead">
                <Link
                  to="/models/$name"
                  params={{ name }}
                  className="wrap-anywhere after:absolute after:inset-0 after:rounded-card hover:underline"
                >
                  {name}
                </Link>
              </h2>
              {description !== '' && <p className="line-clamp-3 text-muted">{description}</p>}
              <p className="mt-auto flex flex-wrap gap-2">
                {aliases.map(({ alias, version }) => (
                  <Badge key={alias} tone={alias === 'production' ? 'accent' : 'plain'}>
                    {alias}: version {version}
                    {traffic[alias] !== undefined && `, ${traffic[alias]} %`}
                  </Badge>
                ))}
                {aliases.length === 0 && <Badge tone="warn">nothing answers yet</Badge>}
                <Badge>{counted(versions, 'version')}</Badge>
              </p>
            </Card>
          </li>
        ))}
      </ul>
    </>
  );
}
