import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { DeleteButton } from '../../ui/delete-button.js';
import { readAgain } from './read-again.js';

/** For good, with its artifact; not while an alias points at it. To be made anew for each version: what asks is about one of them. */
export function DeleteVersion({ model: { classifier, version, aliases } }: { model: components['schemas']['ModelVersion'] }) {
  const navigate = useNavigate();
  const deleting = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/classifiers/{name}/versions/{version}', { params: { path: { name: classifier, version } } })),
    onSuccess: async () => {
      await navigate({ to: '/models/$name', params: { name: classifier } });
      await readAgain(classifier);
    },
  });
  return (
    <DeleteButton
      title={`Delete version ${version}?`}
      deleting={deleting}
      onDelete={() => deleting.mutate()}
      refusal={aliases.length > 0 ? `${aliases.join(', ')} points at it` : undefined}
    >
      <p>The version and its artifact go for good. Its number is never given again, and results that it gave stay.</p>
    </DeleteButton>
  );
}
