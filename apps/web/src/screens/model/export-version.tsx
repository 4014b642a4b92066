import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { saveFile } from '../../api/save-file.js';
import { Button } from '../../ui/button.js';
import { ErrorState } from '../../ui/error-state.js';

/** One archive: a manifest with hashes, the artifact, the card. */
export function ExportVersion({ classifier, version }: { classifier: string; version: number }) {
  const exporting = useMutation({
    mutationFn: async () => {
      const params = { path: { name: classifier, version } };
      const archive = await answer(api.GET('/api/v1/classifiers/{name}/versions/{version}/archive', { params, parseAs: 'blob' }));
      saveFile(archive, `${classifier}-${version}.tar`);
    },
  });
  return (
    <>
      <Button look="plain" disabled={exporting.isPending} onClick={() => exporting.mutate()}>
        <Download size={18} aria-hidden /> Export
      </Button>
      {exporting.error && <ErrorState error={exporting.error} />}
    </>
  );
}
