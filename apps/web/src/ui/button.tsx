import { cva, type VariantProps } from 'class-variance-authority';
import type { ButtonHTMLAttributes } from 'react';
import { nameOf } from '../keys/keys.js';
import { look } from './look.js';

/** For what looks like a button and is a link. */
export const buttonLook = cva(
  'inline-flex min-h-11 shrink-0 select-none items-center justify-center gap-2 rounded-field font-semibold transition-colors disabled:opacity-50 lg:min-h-10',
  {
    variants: {
      look: {
        main: 'bg-accent px-5 text-on-accent hover:bg-accent-strong',
        plain: 'border border-line bg-surface px-4 text-ink shadow-card hover:bg-sunken',
        quiet: 'px-3 text-muted hover:bg-sunken hover:text-ink',
        danger: 'border border-bad bg-surface px-4 text-bad hover:bg-bad-soft',
      },
      size: { normal: '', small: 'min-h-9 px-3 text-note lg:min-h-8', icon: 'size-11 px-0 lg:size-10' },
    },
    defaultVariants: { look: 'main', size: 'normal' },
  },
);

type Props = ButtonHTMLAttributes<HTMLButtonElement> &
  VariantProps<typeof buttonLook> & { /** The key that does the same, shown on it. */ keyHint?: string };

export function Button({ look: kind, size, className, keyHint, type = 'button', children, ...others }: Props) {
  return (
    <button
      type={type}
      className={look(buttonLook({ look: kind, size }), className)}
      aria-keyshortcuts={keyHint && nameOf(keyHint)}
      {...others}
    >
      {children}
      {keyHint !== undefined && (
        <kbd aria-hidden className="hidden rounded-small border border-current px-1.5 font-mono text-note font-normal lg:inline">
          {nameOf(keyHint)}
        </kbd>
      )}
    </button>
  );
}
