import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      'font-size': [{ text: ['note', 'body', 'lead', 'title', 'display'] }],
      rounded: [{ rounded: ['small', 'field', 'card'] }],
    },
  },
});

/** Class names as one; of two that say the same thing differently the later wins. */
export function look(...parts: ClassValue[]): string {
  return merge(clsx(parts));
}
