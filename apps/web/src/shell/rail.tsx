import { Link } from '@tanstack/react-router';
import { rail, type Screen } from '../screens.js';
import { ThemeSwitch } from './theme-switch.js';

/** The places of a wide screen, in the order of the pipeline. */
export function Rail() {
  return (
    <div className="hidden border-r border-line bg-surface lg:block">
      <div className="sticky top-0 flex h-dvh flex-col overflow-y-auto px-3 py-5">
        <Link to="/" className="mb-6 flex items-center gap-3 rounded-field px-3 py-1 text-lead font-bold tracking-tight">
          <img src="/icons/earshot.svg" alt="" width="30" height="30" />
          Earshot
        </Link>
        <nav aria-label="Screens" className="flex flex-1 flex-col gap-0.5">
          {rail.map((screen) => (
            <RailLink key={screen.folder} screen={screen} />
          ))}
        </nav>
        <div className="mt-6 flex items-center justify-between gap-2 border-t border-line px-3 pt-4 text-note text-muted">
          <span className="flex gap-4">
            <a href="/docs" className="hover:text-ink">
              API
            </a>
            <a href="/docs/errors" className="hover:text-ink">
              Errors
            </a>
          </span>
          <ThemeSwitch />
        </div>
      </div>
    </div>
  );
}

export function RailLink({ screen: { place, route } }: { screen: Screen }) {
  if (place === undefined) return null;
  const { name, icon: Icon } = place;
  return (
    <Link
      to={route.fullPath}
      activeOptions={{ exact: route.path === '/', includeSearch: false }}
      className="flex min-h-11 items-center gap-3 rounded-field px-3 font-medium text-muted transition-colors hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:text-accent-strong"
    >
      <Icon size={18} aria-hidden />
      {name}
    </Link>
  );
}
