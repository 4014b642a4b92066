import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Nothing is here yet: one sentence on what belongs here, one button that fills it. */
export function EmptyState({ icon: Icon, text, children }: { icon: LucideIcon; text: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-5 rounded-card border border-dashed border-edge/50 px-6 py-14 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-accent-soft text-accent">
        <Icon size={26} aria-hidden />
      </span>
      <p className="max-w-[32rem] text-lead text-muted">{text}</p>
      {children}
    </div>
  );
}
