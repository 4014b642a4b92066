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
  let starting: Promise<[WebStack, Browser]> | undefined;
  let started: WebUnderTest | undefined;
  const opened = () => {
    if (started === undefined) throw new Error('The web app is there within tests only');
    return started;
  };
  beforeAll(async () => {
    starting = Promise.all([WebStack.start(), openBrowser(options)]);
    const [stack, browser] = await starting;
    started = { stack, browser };
  }, 180_000); // each service may take its time on a machine with other work
  afterAll(async () => {
    const [stack, browser] = (await starting) ?? []; // also where that came too late for the tests
    await browser?.close();
    await stack?.close();
  }, 180_000);
  return {
    get stack() {
      return opened().stack;
    },
    get browser() {
      return opened().browser;
    },
  };
}
