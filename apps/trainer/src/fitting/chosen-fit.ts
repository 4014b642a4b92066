import type { Fitted } from '@earshot/contracts';

/** The training whose model is kept: of a search the trial with the lowest validation loss, the first of equal ones. */
export function chosenFit(fits: readonly Fitted[]): Fitted | undefined {
  return candidates(fits).toSorted((a, b) => (validationLossOf(a) ?? Infinity) - (validationLossOf(b) ?? Infinity))[0];
}

/** The trainings of which one is kept. */
export function candidates<Fit extends Pick<Fitted, 'purpose'>>(fits: readonly Fit[]): Fit[] {
  return fits.filter(({ purpose }) => purpose === 'model' || purpose === 'trial');
}

/** Of its best epoch; null where none has ended. */
export function validationLossOf({ epochs }: Fitted): number | null {
  return epochs.length === 0 ? null : Math.min(...epochs.map(({ validationLoss }) => validationLoss));
}
