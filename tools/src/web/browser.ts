// Debian's chromium over the web app: with a microphone that is none, and an ear for every complaint of the console.
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

export type Theme = 'light' | 'dark';
export const themes = ['light', 'dark'] as const;
/** A desk and a phone. */
export const widths = [1440, 390] as const;

/** `hears`: the WAV file that its microphone plays over and over; by default beeps. */
export function openBrowser({ hears }: { hears?: string } = {}): Promise<Browser> {
  const microphone = hears === undefined ? [] : [`--use-file-for-fake-audio-capture=${hears}`];
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', ...microphone],
  });
}

export interface Visit {
  page: Page;
  /** What the console complains of; a refusal by the content security policy is such a complaint. */
  complaints: string[];
  close(): Promise<void>;
}

/** A browser that was never there before, at an address. */
export async function visit(
  browser: Browser,
  url: string,
  { theme = 'light', width = 1440 }: { theme?: Theme; width?: number } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    colorScheme: theme,
    viewport: { width, height: width < 600 ? 844 : 900 },
    hasTouch: width < 600,
    permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}

/** What axe finds of serious or critical weight, with the elements. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source); // by the debugger: the page's own policy admits no script from elsewhere
  const found = await page.evaluate(async () => (await (globalThis as unknown as { axe: typeof axe }).axe.run()).violations);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Whether nothing hangs out of the page to the right. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
}
