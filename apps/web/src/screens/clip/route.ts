import { createRoute } from '@tanstack/react-router';
import { root } from '../../root.js';

const scales = ['mel', 'linear'] as const;
const palettes = ['magma', 'viridis', 'grey'] as const;

export interface Shown {
  scale?: (typeof scales)[number];
  palette?: (typeof palettes)[number];
  classifier?: string;
}

/** One clip; how it is drawn, and who is asked about it, is in the address. */
export const route = createRoute({
  getParentRoute: () => root,
  path: '/clips/$id',
  validateSearch: ({ scale, palette, classifier }: Record<string, unknown>): Shown => ({
    scale: scales.find((name) => name === scale),
    palette: palettes.find((name) => name === palette),
    classifier: typeof classifier === 'string' ? classifier : undefined,
  }),
});
