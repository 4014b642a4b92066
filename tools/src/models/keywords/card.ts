import { type Example, parts } from './corpus.js';

/** What a reader must know before relying on it. */
export function keywordCard(examples: readonly Example[]) {
  const counts = Object.fromEntries(parts.map((part) => [part, examples.filter((example) => example.part === part).length]));
  return {
    name: 'Keywords',
    purpose: 'Hears ten English digits and ten commands said one at a time, and answers unknown for everything else.',
    trainedOn: [
      'Free Spoken Digit Dataset, four speakers (Zohar Jackson and contributors, CC BY-SA 4.0)',
      'a part of Speech Commands v0.02, 494 speakers (P. Warden, CC BY 4.0)',
      'synthetic voices of espeak-ng, flite and festival, by models:build -- voices',
      'noises and music made from a seed',
    ],
    recordings: counts,
    measuredHow:
      'The figures are of models that were trained on three quarters of the speakers and judged by the fourth, after as many rounds as ' +
      'metrics.how says; the model here was trained on all of them, so nothing in these folders is new to it.',
    notTestedOn: [
      'children',
      'more than one word at a time',
      'speech in a noise as loud as itself',
      'languages other than English, and words that are spoken as a keyword is (for, won, too, ate, write, know)',
      'attempts to make it hear what was not said',
    ],
  };
}
