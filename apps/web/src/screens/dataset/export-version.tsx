import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import { saveFile } from '../../api/save-file.js';
import { Button } from '../../ui/button.js';
import { ErrorState } from '../../ui/error-state.js';
import { Select } from '../../ui/field.js';

const forms = {
  zip: { title: 'files in folders (zip)', ending: 'zip' },
  tar: { title: 'files in folders (tar)', ending: 'tar' },
  csv: { title: 'manifest (CSV)', ending: 'csv' },
  jsonl: { title: 'manifest (JSONL)', ending: 'jsonl' },
  'label-studio': { title: 'tasks for Label Studio', ending: 'json' },
  features: { title: 'table of features (CSV)', ending: 'csv' },
} as const;

type Form = keyof typeof forms;
const names: readonly Form[] = ['zip', 'tar', 'csv', 'jsonl', 'label-studio', 'features'];

/** A version to take away, in one of several forms. */
export function ExportVersion({ dataset, version }: { dataset: string; version: number }) {
  const [form, setForm] = useState<Form>('zip');
  const exporting = useMutation({
    mutationFn: async () => {
      const params = { path: { name: dataset, number: String(version) }, query: { as: form } };
      const bytes = await answer(api.GET('/api/v1/datasets/{name}/versions/{number}/export', { params, parseAs: 'blob' }));
      saveFile(bytes, `${dataset}-${version}.${forms[form].ending}`);
    },
  });
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label={`Form in which version ${version} is exported`}
          value={form}
          onChange={({ target }) => setForm(names.find((name) => name === target.value) ?? 'zip')}
        >
          {names.map((name) => (
            <option key={name} value={name}>
              {forms[name].title}
            </option>
          ))}
        </Select>
        <Button look="quiet" disabled={exporting.isPending} onClick={() => exporting.mutate()}>
          <Download size={18} aria-hidden /> Export
        </Button>
      </div>
      {exporting.error && <ErrorState error={exporting.error} />}
    </div>
  );
}
