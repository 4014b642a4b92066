import type { ClipMeasures, clipFaults } from '@earshot/contracts';

/** −60 dB of full scale, as in descriptions. */
const silentPeak = 0.001;
/** Of the samples at full scale. docs/datasets.md has what was measured. */
const clippedShare = 0.001;
/** −34 dB of full scale: what converters add is far below, what a broken input adds above. */
const dcOffset = 0.02;

export function faultsOfClip(measures: ClipMeasures): (typeof clipFaults)[number][] {
  return [
    ...(measures.peak < silentPeak ? ['silent' as const] : []),
    ...(measures.clippedShare >= clippedShare ? ['clipped' as const] : []),
    ...(measures.dcOffset >= dcOffset ? ['dc-offset' as const] : []),
  ];
}
