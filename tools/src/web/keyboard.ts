import type { Locator, Page } from 'playwright-core';

/** More steps by Tab than this nobody goes. */
const mostSteps = 60;

/** Somebody without a mouse: goes by Tab to what is to be used, presses keys there, and has to see where the focus is. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** By Tab, or back by Shift and Tab to what stands before. */
  async to(target: Locator): Promise<void> {
    await target.waitFor();
    for (let steps = 0; steps <= mostSteps; steps++) {
      const way = await target.evaluate(wayTo);
      if (way === 'unseen') throw new Error(`The focus cannot be seen on ${target}`);
      if (way === 'there') return;
      await this.page.keyboard.press(way === 'back' ? 'Shift+Tab' : 'Tab');
    }
    throw new Error(`Nobody comes to ${target} by Tab`);
  }

  press(...keys: string[]): Promise<void> {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  async pressOn(target: Locator, key = 'Enter'): Promise<void> {
    await this.to(target);
    await this.press(key);
  }

  /** In the place of what a field has. */
  async write(field: Locator, text: string): Promise<void> {
    await this.to(field);
    await this.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }

  /** Files by the dialog of the system that a field opens. */
  async choose(field: Locator, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
    const [dialog] = await Promise.all([this.page.waitForEvent('filechooser'), this.pressOn(field)]);
    await dialog.setFiles(files);
  }
}

/** Where an element stands from the one with the focus; of that one, whether a line around it or its label says so. */
function wayTo(target: Element): 'there' | 'unseen' | 'on' | 'back' {
  const { activeElement } = document;
  if (activeElement === target) {
    const isLined = [target, target.closest('label')].some((shown) => {
      if (shown === null) return false;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0 && outlineColor !== 'rgba(0, 0, 0, 0)';
    });
    return isLined ? 'there' : 'unseen';
  }
  const isBefore = activeElement !== null && (target.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return isBefore ? 'back' : 'on';
}
