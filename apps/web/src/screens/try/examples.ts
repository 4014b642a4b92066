// Sounds for a first try; the gateway serves them. What is in each is known, so that everybody can see whether it is heard.
import { failureOfSending } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import type { Sound } from './sound.js';

export interface Example {
  /** Of the file below `/home/samples/`. */
  file: string;
  name: string;
  /** Which of the classifiers that come with Earshot has something to say of it. */
  classifier: string;
}

export const examples: readonly [Example, ...Example[]] = [
  { file: 'keywords/seven_563aa4e6_nohash_1.flac', name: 'The word “seven”', classifier: 'keywords' },
  { file: 'keywords/marvin_0c40e715_nohash_0.flac', name: 'An unknown name', classifier: 'keywords' },
  { file: 'sounds/dog.wav', name: 'A dog', classifier: 'sounds' },
  { file: 'sounds/rain.wav', name: 'Rain', classifier: 'sounds' },
  { file: 'chord.wav', name: 'A chord', classifier: 'talent' },
];

/** The sound itself. */
export async function soundOf({ file, name }: Example): Promise<Sound> {
  const exampleUrl = `/home/samples/${file}`;
  const response = await fetch(exampleUrl).catch(async (thrown: unknown) => {
    throw await failureOfSending(thrown);
  });
  if (!response.ok) throw new Failure({ title: 'The example is not there', detail: `${exampleUrl} is answered with ${response.status}.` });
  const bytes = await response.blob();
  return { name, file: new File([bytes], file.split('/').at(-1) ?? file, { type: bytes.type }), exampleUrl };
}
