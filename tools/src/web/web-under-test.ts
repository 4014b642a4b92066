import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.js';
import { WebStack } from './web-stack.js';

/** `npm test` goes the short ways; `npm run test:web` all of them. */
export const isShort = process.env['EARSHOT_WEB_TESTS'] !== 'all';

/** The web app of a suite: its services and a browser, from before the first test until after the last. */
export interface WebUnderTest {
  readonly stack: WebStack;
  readonly browser: Browser;
}

export function webUnderTest(options: Parameters<typeof openBrowser>[0] = {}): WebUnderTest {
  let started: WebUnderTest | undefined;
  const opened = () => {
    if (started === undefined) throw new Error('The web app is there within tests only');
    return started;
  };
  beforeAll(async () => {
    const [stack, browser] = await Promise.all([WebStack.start(), openBrowser(options)]);
    started = { stack, browser };
  }, 90_000);
  afterAll(async () => {
    await started?.browser.close();
    await started?.stack.close();
  });
  return {
    get stack() {
      return opened().stack;
    },
    get browser() {
      return opened().browser;
    },
  };
}
