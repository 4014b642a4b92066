// npm run show -- web [--visits 5]   what a browser that was never there waits for, and how long lists move: on a machine with nothing else to do
import { parseArgs } from 'node:util';
import { printLine } from '../print-line.js';
import { openBrowser } from '../web/browser.js';
import { WebStack } from '../web/web-stack.js';
import { type FirstVisit, firstVisit } from './web/first-visit.js';
import { type LongList, longLists } from './web/long-lists.js';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { visits: { type: 'string', default: '5' } } });
  const [stack, browser] = await Promise.all([WebStack.start(), openBrowser()]);
  try {
    let isKept = true;
    for (let i = 0; i < Number(values.visits); i++) {
      const figures = await firstVisit(browser, stack.url);
      printLine({ visit: i + 1, ...figures });
      isKept &&= keepsVisit(figures);
    }
    for await (const list of longLists(browser, stack)) {
      printLine(list);
      isKept &&= keepsList(list);
    }
    printLine({ web: isKept ? 'ok' : 'slower than promised' });
    if (!isKept) process.exitCode = 1;
  } finally {
    await browser.close();
    await stack.close();
  }
}

const reactionMs = 100;

function keepsVisit({ largestPaintMs, slowestReactionMs, afterDropMs }: FirstVisit): boolean {
  return largestPaintMs <= 1_500 && slowestReactionMs <= reactionMs && afterDropMs <= 1_000;
}

function keepsList({ over50Ms, slowestReactionMs }: LongList): boolean {
  return over50Ms === 0 && slowestReactionMs <= reactionMs;
}
