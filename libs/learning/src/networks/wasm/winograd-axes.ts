import { channelsOf, type PlannedLayer } from '../plan.js';
import { type Axis, axisOf } from './geometry.js';

/** An axis of a convolution that the kernels filter by Winograd's method. */
export interface WinogradAxis extends Axis {
  form: number;
  /** On the way from the gradient of the output to that of the input. */
  backForm: number;
  pointCount: number;
  tileCount: number;
}

/** `Form` in the kernels' assembly/networks/winograd-lines.ts. */
const form = { whole: 0, halved: 1, doubled: 2, single: 3 } as const;

/** By taps and stride: the forms of both ways, and what the kernels' pointsOf and outputSide say of the first. */
const forms = {
  '3,1': { form: form.whole, backForm: form.whole, pointCount: 6, outputs: 4 },
  '3,2': { form: form.halved, backForm: form.doubled, pointCount: 9, outputs: 4 },
  '1,1': { form: form.single, backForm: form.single, pointCount: 1, outputs: 1 },
} as const;

/** Of the points of a layer's weights, of which training holds three: 340 × 340 channels with stride 1. */
const mostValues = 1 << 22;

/** Below it what the formula cannot know decides, and the plain sum holds less. */
const leastGain = 1.1;

/** Down and across; null where a layer cannot be filtered so, or is slower by it. */
export function winogradAxesOf(planned: PlannedLayer, isTraining: boolean): [WinogradAxis, WinogradAxis] | null {
  const { layer } = planned;
  if (layer.kind !== 'conv2d' && layer.kind !== 'conv1d') return null;
  const [channels, filters] = [channelsOf(planned.input), layer.filters];
  if (channels % 4 !== 0 || filters % 4 !== 0) return null;
  const [down, across] = axesOf(planned);
  if (!down || !across || down.pointCount * across.pointCount * channels * filters > mostValues) return null;
  return timesAsFast(down, across, channels, filters, isTraining) >= leastGain ? [down, across] : null;
}

/** Those of them that can be filtered, of a layer over maps or over one axis. */
export function axesOf({ input, layer }: PlannedLayer): [down: WinogradAxis | null, across: WinogradAxis | null] {
  if (layer.kind === 'conv1d') return [winogradAxis(axisOf(1, 1, 1)), winogradAxis(axisOf(input[0]!, layer.kernel, layer.stride))];
  if (layer.kind !== 'conv2d') return [null, null];
  const [[height = 0, width = 0], { kernel, strides }] = [input, layer];
  return [winogradAxis(axisOf(height, kernel[0], strides[0])), winogradAxis(axisOf(width, kernel[1], strides[1]))];
}

function winogradAxis(axis: Axis): WinogradAxis | null {
  const found = Object.entries(forms).find(([name]) => name === [axis.kernel, axis.stride].join());
  if (!found) return null;
  const { outputs, ...way } = found[1];
  return { ...axis, ...way, tileCount: Math.ceil(axis.output / outputs) };
}

/**
 * Multiplications that the plain sum needs for one of Winograd's, less what it takes to compute points: the fewer channels share them the
 * more that counts, and more again over one axis. The two numbers are fitted to what was measured of 8 to 320 channels, both strides and
 * maps of 6 × 6 to 64 × 40. Tiles are computed six at a time, and one row that is scored has no others to fill them up with.
 */
function timesAsFast(down: WinogradAxis, across: WinogradAxis, channels: number, filters: number, isTraining: boolean): number {
  const plain = down.kernel * across.kernel * down.output * across.output;
  const tiles = down.tileCount * across.tileCount;
  const products = down.pointCount * across.pointCount * (isTraining ? tiles : 6 * Math.ceil(tiles / 6));
  const shared = (2 * channels * filters) / (channels + filters);
  const isOneAxis = down.kernel === 1 || across.kernel === 1;
  return ((plain / products) * shared) / (shared + (isOneAxis ? 24 : 12));
}
