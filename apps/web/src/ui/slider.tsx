import { useId } from 'react';
import { percent } from './percent.js';

interface Props {
  label: string;
  /** From 0 to 1. */
  value: number;
  onChange: (value: number) => void;
  /** What is said beside the value. */
  note?: string;
}

/** A share that is pulled: by the mouse, a finger or the arrow keys. */
export function ShareSlider({ label, value, onChange, note }: Props) {
  const id = useId();
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4">
        <label htmlFor={id} className="min-w-0 truncate font-medium">
          {label}
        </label>
        <span className="shrink-0 text-note text-muted tabular-nums">
          {note !== undefined && `${note} · `}
          {percent(value, 0)}
        </span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={1}
        step={0.01}
        value={value}
        onChange={({ target }) => onChange(Number(target.value))}
        className="h-11 w-full accent-(--accent) lg:h-8"
      />
    </div>
  );
}
