import { Field, Input, Select } from '../../ui/field.js';
import { faultOf, rangeOf, type SettingField, titleOf } from './settings.js';

interface Props {
  field: SettingField;
  entry: string;
  onChange: (entry: string) => void;
  /** What the server said against it. */
  refused?: string | undefined;
}

export function SettingInput({ field, entry, onChange, refused }: Props) {
  const range = field.kind === 'number' ? rangeOf(field) : '';
  const note = [field.note, range].filter((text) => text !== '').join('; ');
  return (
    <Field label={titleOf(field.name)} note={note === '' ? undefined : note} error={faultOf(field, entry) ?? refused}>
      {(props) =>
        field.kind === 'choice' ? (
          <Select {...props} value={entry} onChange={({ target }) => onChange(target.value)}>
            {field.choices.map((choice) => (
              <option key={choice} value={choice}>
                {words[choice] ?? choice}
              </option>
            ))}
          </Select>
        ) : (
          <Input
            {...props}
            inputMode={field.kind === 'number' ? 'decimal' : 'text'}
            className={field.kind === 'json' ? 'font-mono' : undefined}
            value={entry}
            onChange={({ target }) => onChange(target.value)}
          />
        )
      }
    </Field>
  );
}

const words: Readonly<Record<string, string>> = { true: 'On', false: 'Off' };
