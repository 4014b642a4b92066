import { fixed } from '../../sound/numbers.js';
import { Field, Select } from '../../ui/field.js';
import { Switch } from '../../ui/switch.js';
import { quietLevels, useShow } from './route.js';
import type { Listening } from './use-live.js';

const lengths = [0.5, 1, 2, 3, 5, 10];

/** Who listens and how. A change ends the listening: what was heard before is of something else. */
export function SettingsForm({ names, classifier, windowSeconds, quietDb, keeps }: Listening & { names: readonly string[] }) {
  const keep = useShow();
  const offered = lengths.includes(windowSeconds) ? lengths : [...lengths, windowSeconds].toSorted((a, b) => a - b);
  return (
    <div className="mt-6 space-y-4">
      <Field label="Who listens">
        {(field) => (
          <Select {...field} value={classifier} onChange={({ target }) => keep({ classifier: target.value, windowSeconds: undefined })}>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field label="Listen in pieces of">
          {(field) => (
            <Select {...field} value={windowSeconds} onChange={({ target }) => keep({ windowSeconds: Number(target.value) })}>
              {offered.map((length) => (
                <option key={length} value={length}>
                  {length} s
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Ignore below">
          {(field) => (
            <Select
              {...field}
              value={quietDb}
              onChange={({ target }) => keep({ quietDb: quietLevels.find((level) => level === Number(target.value)) })}
            >
              {quietLevels.map((level) => (
                <option key={level} value={level}>
                  {fixed(level, 0)} dBFS
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Switch label="Keep the recordings as clips" isOn={keeps} onChange={(isOn) => keep({ keeps: isOn || undefined })} />
      <p className="text-note text-muted">
        The pieces overlap by half, and go to the server one after the other.{' '}
        {keeps ? 'They stay there.' : 'Each is deleted as soon as it is answered.'}
      </p>
    </div>
  );
}
