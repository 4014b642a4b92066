import { channelsOf, type PlannedLayer } from '../plan.js';
import { type Axis, axisOf } from './geometry.js';

/** An axis of a convolution that the kernels filter by Winograd's method (assembly/networks/winograd-lines.ts has the kinds). */
export interface WinogradAxis extends Axis {
  kind: number;
  /** On the way from the gradient of the output to that of the input. */
  backKind: number;
  points: number;
  tiles: number;
}

/** Kinds by taps and stride, and how many outputs a tile has. */
const kinds = {
  '3,1': { kind: 0, backKind: 0, points: 6, outputs: 4 },
  '3,2': { kind: 1, backKind: 2, points: 9, outputs: 4 },
  '1,1': { kind: 3, backKind: 3, points: 1, outputs: 1 },
} as const;

/** Of the points of a layer's weights, of which training holds three: 340 × 340 channels with stride 1. */
const mostValues = 1 << 22;

/** Down and across; null where a layer cannot be filtered so, or is slower by it. */
export function winogradAxesOf(planned: PlannedLayer, isTraining: boolean): [WinogradAxis, WinogradAxis] | null {
  const { layer } = planned;
  if (layer.kind !== 'conv2d' && layer.kind !== 'conv1d') return null;
  const [channels, filters] = [channelsOf(planned.input), layer.filters];
  if (channels % 4 !== 0 || filters % 4 !== 0) return null;
  const [down, across] = axesOf(planned);
  if (!down || !across || down.points * across.points * channels * filters > mostValues) return null;
  return timesAsFast(down, across, channels, filters, isTraining) >= 1.1 ? [down, across] : null;
}

/** Those of them that can be filtered, of a layer over maps or over one axis. */
export function axesOf({ input, layer }: PlannedLayer): [down: WinogradAxis | null, across: WinogradAxis | null] {
  if (layer.kind === 'conv1d') return [winogradAxis(axisOf(1, 1, 1)), winogradAxis(axisOf(input[0]!, layer.kernel, layer.stride))];
  if (layer.kind !== 'conv2d') return [null, null];
  const [[height = 0, width = 0], { kernel, strides }] = [input, layer];
  return [winogradAxis(axisOf(height, kernel[0], strides[0])), winogradAxis(axisOf(width, kernel[1], strides[1]))];
}

function winogradAxis(axis: Axis): WinogradAxis | null {
  const found = Object.entries(kinds).find(([name]) => name === [axis.kernel, axis.stride].join());
  if (!found) return null;
  const { outputs, ...kind } = found[1];
  return { ...axis, ...kind, tiles: Math.ceil(axis.output / outputs) };
}

/**
 * Multiplications that the plain sum needs for one of Winograd's, less what it takes to compute points: the fewer channels share them the
 * more that counts, and more again over one axis. The two numbers are fitted to what was measured of 8 to 320 channels, both strides and
 * maps of 6 × 6 to 64 × 40. Tiles are computed six at a time, and one row that is scored has no others to fill them up with.
 */
function timesAsFast(down: WinogradAxis, across: WinogradAxis, channels: number, filters: number, isTraining: boolean): number {
  const plain = down.kernel * across.kernel * down.output * across.output;
  const tiles = down.tiles * across.tiles;
  const products = down.points * across.points * (isTraining ? tiles : 6 * Math.ceil(tiles / 6));
  const shared = (2 * channels * filters) / (channels + filters);
  const isOneAxis = down.kernel === 1 || across.kernel === 1;
  return ((plain / products) * shared) / (shared + (isOneAxis ? 24 : 12));
}
