import { Link, useRouterState } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { useEffect, useState } from 'react';
import { rail } from '../screens.js';
import { Dialog } from '../ui/dialog.js';
import { RailLink } from './rail.js';
import { ThemeSwitch } from './theme-switch.js';

const first = ['try', 'live', 'library', 'jobs'];
const entry =
  'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-note font-medium text-muted data-[status=active]:text-accent-strong';

/** The places of a phone: four within reach of a thumb, the others behind the fifth. */
export function BottomBar() {
  const [isOpen, setOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const atHand = rail.filter(({ folder }) => first.includes(folder));
  const isAtHand = atHand.some(({ route: { fullPath } }) => path === fullPath || (fullPath !== '/' && path.startsWith(`${fullPath}/`)));
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever went somewhere has chosen
  useEffect(() => setOpen(false), [path]);
  return (
    <nav
      aria-label="Screens"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur lg:hidden"
    >
      {atHand.map(({ folder, route, place }) => {
        const Icon = place?.icon ?? Menu;
        return (
          <Link key={folder} to={route.fullPath} activeOptions={{ exact: route.path === '/', includeSearch: false }} className={entry}>
            <Icon size={20} aria-hidden />
            {place?.name}
          </Link>
        );
      })}
      <button
        type="button"
        data-status={isAtHand ? undefined : 'active'}
        className={entry}
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        <Menu size={20} aria-hidden />
        More
      </button>
      <Dialog title="All screens" isOpen={isOpen} onClose={() => setOpen(false)}>
        <div className="grid grid-cols-2 gap-1">
          {rail.map((screen) => (
            <RailLink key={screen.folder} screen={screen} />
          ))}
        </div>
        <div className="mt-4 flex items-center justify-between border-t border-line pt-3 text-note">
          <a href="/docs" className="flex min-h-11 items-center text-muted">
            API documentation
          </a>
          <ThemeSwitch />
        </div>
      </Dialog>
    </nav>
  );
}
