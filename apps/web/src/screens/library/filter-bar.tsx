import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useKey } from '../../keys/keys.js';
import { Button } from '../../ui/button.js';
import { Field, Input, Select } from '../../ui/field.js';
import { stats } from './reads.js';
import { filters, route, useShow } from './route.js';

const settledMs = 250;

/** What is left of the library, in the address. */
export function FilterBar() {
  const search = route.useSearch();
  const counted = useQuery(stats).data;
  const keep = useShow();
  const seldom = (['tag', 'licence', 'author', 'minSeconds', 'maxSeconds'] as const).filter((name) => search[name] !== undefined);
  const isFiltered = filters.some((name) => search[name] !== undefined);
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-end gap-3">
        <NameFilter text={search.text} onChange={(text) => keep({ text })} />
        <Choice
          label="Genre"
          value={search.genre}
          of={counted?.genres.map(({ genre }) => genre)}
          onChange={(genre) => keep({ genre })}
          className="min-w-40 flex-1 sm:flex-none"
        />
        {isFiltered && (
          <Button look="quiet" onClick={() => keep(Object.fromEntries(filters.map((name) => [name, undefined])))}>
            Show all
          </Button>
        )}
      </div>
      <details open={seldom.length > 0}>
        <summary className="inline-flex min-h-11 items-center rounded-small text-note font-medium text-muted hover:text-ink">
          More filters{seldom.length > 0 && ` (${seldom.length})`}
        </summary>
        <div className="mt-1 grid grid-cols-2 gap-3 lg:grid-cols-5">
          <Choice label="Tag" value={search.tag} of={counted?.tags.map(({ tag }) => tag)} onChange={(tag) => keep({ tag })} />
          <Choice
            label="Licence"
            value={search.licence}
            of={counted?.licences.map(({ licence }) => licence)}
            onChange={(licence) => keep({ licence })}
          />
          <Choice
            label="Author"
            value={search.author}
            of={counted?.authors.map(({ author }) => author)}
            onChange={(author) => keep({ author })}
          />
          <Length label="At least, in seconds" value={search.minSeconds} onChange={(minSeconds) => keep({ minSeconds })} />
          <Length label="At most, in seconds" value={search.maxSeconds} onChange={(maxSeconds) => keep({ maxSeconds })} />
        </div>
      </details>
    </div>
  );
}

/** Who types is not interrupted: the address follows when the typing rests. */
function NameFilter({ text = '', onChange }: { text: string | undefined; onChange: (text: string | undefined) => void }) {
  const [typed, setTyped] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  const tell = useRef(onChange);
  tell.current = onChange;
  useKey('/', 'Search by name', () => input.current?.focus());
  const told = useRef(text);
  useEffect(() => {
    if (text === told.current) return; // the address follows what is typed
    told.current = text;
    setTyped(text);
  }, [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => {
      told.current = typed;
      tell.current(typed === '' ? undefined : typed);
    }, settledMs);
    return () => clearTimeout(timer);
  }, [typed, text]);
  return (
    <Field label="Name has in it" className="min-w-48 flex-[2] sm:max-w-80">
      {(field) => (
        <Input
          {...field}
          ref={input}
          type="search"
          placeholder="kick"
          aria-keyshortcuts="/"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
    </Field>
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  /** Null is what has none: it cannot be asked for. */
  of: readonly (string | null)[] | undefined;
  onChange: (value: string | undefined) => void;
  className?: string;
}

function Choice({ label, value, of = [], onChange, className }: ChoiceProps) {
  const names = of.filter((name) => name !== null);
  const all = value === undefined || names.includes(value) ? names : [value, ...names];
  return (
    <Field label={label} className={className}>
      {(field) => (
        <Select {...field} value={value ?? ''} onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}>
          <option value="">Any</option>
          {all.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Length({ label, value, onChange }: { label: string; value: number | undefined; onChange: (value: number | undefined) => void }) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value));
  // The address follows what is typed, and what is typed the address: but `0` and `0.` begin a number, and stay.
  const shown = (Number(typed) > 0 ? Number(typed) : undefined) === value ? typed : (value ?? '');
  return (
    <Field label={label}>
      {(field) => (
        <Input
          {...field}
          type="number"
          min={0}
          step="any"
          value={shown}
          onChange={({ target }) => {
            setTyped(target.value);
            onChange(target.valueAsNumber > 0 ? target.valueAsNumber : undefined);
          }}
        />
      )}
    </Field>
  );
}
