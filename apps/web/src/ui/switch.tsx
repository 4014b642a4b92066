import { Switch as Radix } from 'radix-ui';
import { useId } from 'react';

/** What is on or off, and works at once. */
export function Switch({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  const id = useId();
  return (
    <span className="inline-flex min-h-11 items-center gap-3">
      <Radix.Root
        id={id}
        checked={isOn}
        onCheckedChange={onChange}
        className="h-6 w-11 shrink-0 rounded-full border border-edge bg-sunken p-px transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-5 rounded-full bg-edge transition-transform data-[state=checked]:translate-x-5 data-[state=checked]:bg-on-accent" />
      </Radix.Root>
      <label htmlFor={id} className="text-note">
        {label}
      </label>
    </span>
  );
}
