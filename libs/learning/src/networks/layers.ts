// A network is a list of layers as JSON. Rows go in as [height, width, channels] or [frames, channels], channels last; the last layer
// has one unit a label, and the softmax over them is not in the list.
import { z } from 'zod';

const size = z.int().min(1).max(4096);
const pair = z.tuple([size, size]);
const activation = z.enum(['none', 'relu']).default('none');
/** Under which an explanation shows what the layer gives. */
const name = z.string().min(1).max(40).optional();

const layer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('conv2d'),
    name,
    filters: size,
    kernel: pair,
    strides: pair.default([1, 1]),
    bias: z.boolean().default(true),
    activation,
  }),
  z.strictObject({
    kind: z.literal('conv1d'),
    filters: size,
    kernel: size,
    stride: size.default(1),
    bias: z.boolean().default(true),
    activation,
  }),
  z.strictObject({
    kind: z.literal('batchNorm'),
    name,
    momentum: z.number().min(0).max(1).default(0.9),
    epsilon: z.number().positive().default(1e-3),
    activation,
  }),
  z.strictObject({ kind: z.literal('maxPool2d'), size: pair }),
  z.strictObject({ kind: z.literal('maxPool1d'), size }),
  z.strictObject({ kind: z.literal('dropout'), rate: z.number().min(0).lt(1), of: z.enum(['values', 'channels']).default('values') }),
  z.strictObject({ kind: z.literal('reshape'), shape: z.array(size).min(1).max(3) }),
  z.strictObject({
    kind: z.literal('add'),
    name,
    from: z.int().min(0).meta({ description: 'Index of an earlier layer, whose output is added to what comes in: a residual connection' }),
    activation,
  }),
  z.strictObject({ kind: z.literal('mean') }),
  z.strictObject({ kind: z.literal('meanAndMax') }),
  z.strictObject({
    kind: z.literal('lstm'),
    units: size,
    sequences: z.boolean().default(false).meta({ description: 'The output of each frame, or of the last one alone' }),
  }),
  z.strictObject({ kind: z.literal('selfAttention'), units: size }),
  z.strictObject({ kind: z.literal('dense'), units: size, activation }),
]);

/** The layers of a network, first to last. */
export const networkLayers = z.array(layer).min(1).max(100);

export type Layer = z.output<typeof layer>;
export type LayerOf<Kind extends Layer['kind']> = Extract<Layer, { kind: Kind }>;
export type LayerList = z.input<typeof networkLayers>;
