import type { ProfileResource } from '@earshot/contracts';
import { entryNotes, type Profile } from '@earshot/features';

/** A profile for people: its entries with units, and every parameter. */
export function profileResource(profile: Profile): ProfileResource {
  const { id, hash, ...definition } = profile;
  return { id, hash, kind: profile.output.kind, columns: entryNotes(profile), definition };
}
