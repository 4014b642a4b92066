import { types } from 'node:util';
import { z } from 'zod';

/** 32-bit floats from a child, none of them NaN or infinite. Not `instanceof`: what was unpacked need not come from the realm of this module. */
export const finiteValues = z.custom<Float32Array>(
  (value) => types.isFloat32Array(value) && areFinite(value),
  'must be finite 32-bit floats',
);

/** A value times 0 is 0, or NaN when it is none or infinite. */
function areFinite(values: Float32Array): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += values[i]! * 0;
  return zero === 0;
}
