import { type ReactNode, useEffect } from 'react';

/** The head of a screen: its name, one sentence, and what is done here first. */
export function PageTitle({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Earshot`;
  }, [title]);
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-4">
      <div className="min-w-0 max-w-[44rem] wrap-anywhere">
        <h1 className="text-display">{title}</h1>
        {children !== undefined && <p className="mt-2 text-lead text-muted">{children}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
