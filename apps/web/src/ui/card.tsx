import type { HTMLAttributes, ReactNode } from 'react';
import { look } from './look.js';

export function Card({ className, ...others }: HTMLAttributes<HTMLDivElement>) {
  return <div className={look('rounded-card border border-line bg-surface p-5 shadow-card sm:p-6', className)} {...others} />;
}

/** A card with a title, and what can be done with it beside that. */
export function Section({
  title,
  note,
  actions,
  children,
  className,
}: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section aria-label={title} className={look('min-w-0 rounded-card border border-line bg-surface p-5 shadow-card sm:p-6', className)}>
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div>
          <h2 className="text-lead">{title}</h2>
          {note !== undefined && <p className="text-note text-muted">{note}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
