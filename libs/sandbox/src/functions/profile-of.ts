import type { ProfileChoice } from '@earshot/contracts';
import type { Profile } from '@earshot/features';

/** A named profile, or one that a user defined. Definitions are checked and hashed once in each process. */
export async function profileOf(choice: ProfileChoice): Promise<Profile> {
  const { defineProfile, getProfile } = await import('@earshot/features');
  if (typeof choice === 'string') return getProfile(choice);
  const key = JSON.stringify(choice);
  const profile = defined.get(key) ?? defineProfile(choice);
  if (defined.size < 100) defined.set(key, profile);
  return profile;
}

const defined = new Map<string, Profile>();
