import { hasOneLength, type Profile } from '@earshot/features';
import type { Recipe } from '@earshot/learning';

/** What each recipe can learn from, in words and as a question to a profile. */
export const learnable: Record<Recipe['learnsFrom'], { what: string; isMadeBy: (profile: Profile) => boolean }> = {
  rows: { what: 'rows of one length', isMadeBy: hasOneLength },
  matrices: { what: 'matrices of one size', isMadeBy: (profile) => profile.output.kind === 'matrix' && hasOneLength(profile) },
  power: { what: 'mel power over time', isMadeBy: ({ output }) => output.kind === 'matrix' && output.of.feature === 'mel-power' },
};
