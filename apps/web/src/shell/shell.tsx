import { Outlet } from '@tanstack/react-router';
import { useRef } from 'react';
import { useKey } from '../keys/keys.js';
import { BottomBar } from './bottom-bar.js';
import { KeyGate } from './key-gate.js';
import { KeyList } from './key-list.js';
import { Rail } from './rail.js';
import { ServerBanner } from './server-banner.js';
import { useTheme } from './theme.js';
import { useFocusOnNewScreen } from './use-focus-on-new-screen.js';

/** What stands around every screen. */
export function Shell() {
  const [theme, choose] = useTheme();
  useKey('t', 'Light or dark', () => choose(theme === 'dark' ? 'light' : 'dark'));
  const content = useRef<HTMLElement>(null);
  useFocusOnNewScreen(content);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-field focus:bg-surface focus:px-4 focus:py-3 focus:shadow-over"
      >
        Skip to the content
      </a>
      <Rail />
      <div className="flex min-w-0 flex-col pb-20 lg:pb-0">
        <ServerBanner />
        <main
          ref={content}
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-[80rem] flex-1 px-4 py-6 outline-none sm:px-8 lg:px-10 lg:py-10"
        >
          <KeyGate>
            <Outlet />
          </KeyGate>
        </main>
      </div>
      <BottomBar />
      <KeyList />
    </div>
  );
}
