import { cva, type VariantProps } from 'class-variance-authority';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

const badge = cva('inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 py-0.5 text-note font-medium', {
  variants: {
    tone: {
      plain: 'bg-sunken text-muted',
      accent: 'bg-accent-soft text-accent-strong',
      good: 'bg-good-soft text-good',
      warn: 'bg-warn-soft text-warn',
      bad: 'bg-bad-soft text-bad',
    },
  },
  defaultVariants: { tone: 'plain' },
});

/** A word about a thing; the colour only repeats what the word, and the sign before it, say. */
export function Badge({ tone, icon: Icon, children }: VariantProps<typeof badge> & { icon?: LucideIcon; children: ReactNode }) {
  return (
    <span className={badge({ tone })}>
      {Icon !== undefined && <Icon size={14} aria-hidden />}
      {children}
    </span>
  );
}
