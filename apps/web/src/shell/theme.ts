import { Kept } from '../kept.js';
import { Shared, useShared } from '../shared.js';

export type Theme = 'light' | 'dark';

// `public/theme.js` reads the same name before the first paint.
const kept = new Kept('localStorage', 'earshot-theme');
const theme = new Shared<Theme>(document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light');

/** The colours that are shown, and how to choose others; the choice is kept. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useShared(theme), choose];
}

function choose(chosen: Theme): void {
  kept.keep(chosen);
  const { dataset } = document.documentElement;
  dataset['recolouring'] = ''; // or each colour of the page would glide by itself (app.css)
  dataset['theme'] = chosen;
  theme.become(chosen);
  requestAnimationFrame(() => requestAnimationFrame(() => delete dataset['recolouring']));
}
