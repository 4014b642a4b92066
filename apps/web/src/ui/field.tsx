import { ChevronDown } from 'lucide-react';
import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react';
import { look } from './look.js';

const box =
  'w-full min-h-11 rounded-field border border-edge bg-surface px-3 text-ink placeholder:text-muted aria-invalid:border-bad disabled:opacity-50 lg:min-h-10';

interface FieldProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

/** A label, what is entered, a note and what is wrong with it, tied together: `<Field label="Name">{(field) => <Input {...field} />}</Field>`. */
export function Field({
  label,
  note,
  error,
  className,
  children,
}: {
  label: string;
  note?: ReactNode;
  error?: string | undefined;
  className?: string;
  children: (field: FieldProps) => ReactNode;
}) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || note !== undefined;
  return (
    <div className={look('space-y-1.5', className)}>
      <label htmlFor={id} className="block text-note font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': hasNote ? noteId : undefined, 'aria-invalid': error !== undefined })}
      {hasNote && (
        <p id={noteId} className={look('text-note text-muted', error !== undefined && 'text-bad')}>
          {error ?? note}
        </p>
      )}
    </div>
  );
}

type InputProps = InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function Input({ className, ...others }: InputProps) {
  return <input className={look(box, className)} {...others} />;
}

/** Files from the device; its button is the browser's own. */
export function FileInput({ className, ...others }: InputProps) {
  return (
    <input
      type="file"
      className={look(
        'block w-full rounded-field border border-edge bg-surface p-1.5 text-note file:mr-3 file:min-h-8 file:rounded-small file:border-0 file:bg-sunken file:px-3 file:font-medium file:text-ink',
        className,
      )}
      {...others}
    />
  );
}

/** The browser's own list: it is the one that works on every phone. */
export function Select({ className, children, ...others }: SelectHTMLAttributes<HTMLSelectElement>) {
  return (
    <span className={look('relative block', className)}>
      <select className={look(box, 'appearance-none pr-9')} {...others}>
        {children}
      </select>
      <ChevronDown size={16} aria-hidden className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-muted" />
    </span>
  );
}
