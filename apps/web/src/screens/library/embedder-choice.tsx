import { Field, Select } from '../../ui/field.js';
import { embedders, route, useShow } from './route.js';

/** By what sounds are compared; in the address, the first of them by default. */
export function useEmbedder(): (typeof embedders)[number] {
  const { embedder = embedders[0] } = route.useSearch();
  return embedder;
}

export function EmbedderChoice({ label }: { label: string }) {
  const embedder = useEmbedder();
  const show = useShow();
  return (
    <Field label={label}>
      {(field) => (
        <Select {...field} value={embedder} onChange={({ target }) => show({ embedder: embedders.find((one) => one === target.value) })}>
          {embedders.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}
