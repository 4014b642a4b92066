// Sounds for a first try; the gateway serves them. What is in each is known, so that everybody can see whether it is heard.

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

export const exampleUrl = ({ file }: Example): string => `/home/samples/${file}`;
