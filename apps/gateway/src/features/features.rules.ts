import { EarshotError, featuresJob, type ProfileChoice } from '@earshot/contracts';
import { columnNames, costMsPerSecond, defineProfile, getProfile, type Profile } from '@earshot/features';
import { z } from 'zod';
import { requestInvalid } from '../requests/parse.js';
import type { KindRules } from '../work/kind-rules.js';

/** What libs/features knows of profiles: which there are, what a definition may hold, and what its numbers are called. */
export const featuresRules: KindRules = {
  kind: featuresJob,

  check(input) {
    const cost = costMsPerSecond(profilesOf(input));
    if (cost > mostMsPerSecond)
      throw new EarshotError(
        'COST_TOO_HIGH',
        `A second of audio by these profiles takes about ${Math.ceil(cost)} ms, limit ${mostMsPerSecond} ms`,
        {
          members: { limit: mostMsPerSecond },
        },
      );
  },

  /** One column for each entry of each vector, named `talent-37@1 rms_mean`; matrices are read by their route. */
  columns(input) {
    const vectors = profilesOf(input).map((profile) => ({
      hash: profile.hash,
      columns: columnNames(profile).map((column) => `${profile.id} ${column}`),
    }));
    const cells = (result: unknown) => {
      const found = result === null ? [] : keptVectors.parse(result).vectors;
      return vectors.flatMap(({ hash, columns }) => {
        const values = found.find((vector) => vector.hash === hash)?.values ?? [];
        return columns.map((_, i) => values[i]);
      });
    };
    return { names: vectors.flatMap(({ columns }) => columns), cells };
  },
};

/** Forty times faster than it sounds, on one processor; all profiles that come with Earshot together take an eighth of it. */
const mostMsPerSecond = 25;

const keptVectors = z.object({ vectors: z.array(z.object({ hash: z.string(), values: z.array(z.number()).nullable() })) });

function profilesOf(input: unknown): Profile[] {
  return featuresJob.input.parse(input).profiles.map(profileOf);
}

function profileOf(choice: ProfileChoice, index: number): Profile {
  if (typeof choice === 'string') return getProfile(choice);
  try {
    return defineProfile(choice);
  } catch (error) {
    if (!(error instanceof EarshotError) || error.faults.length === 0) throw error;
    throw requestInvalid(error.faults.map(({ pointer, detail }) => ({ pointer: pointer.replace('#', `#/profiles/${index}`), detail })));
  }
}
