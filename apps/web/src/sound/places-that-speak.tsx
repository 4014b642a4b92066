import { useState } from 'react';
import { HeatMap } from '../ui/heat-map.js';
import { look } from '../ui/look.js';
import { Spectrogram } from '../ui/spectrogram.js';
import type { Explanation } from './explanation.js';

/** Where in the sound an answer came from: the activation map of a label over what was heard, and what each layer made of it. */
export function PlacesThatSpeak({ explanation }: { explanation: Explanation }) {
  const { activations, spectrogram, heardSeconds, layers, waveform } = explanation;
  const [label, choose] = useState(activations[0]?.label);
  const activation = activations.find((one) => one.label === label) ?? activations[0];
  return (
    <div className="space-y-6">
      <div>
        <fieldset className="mb-3 flex flex-wrap items-center gap-2">
          <legend className="float-left mr-2 text-note text-muted">What speaks for</legend>
          {activations.map((one) => (
            <label
              key={one.label}
              className={look(
                'flex min-h-9 items-center rounded-full border border-line px-4 text-note font-medium focus-within:outline-2 focus-within:outline-accent',
                one.label === activation?.label && 'border-accent bg-accent-soft text-accent-strong',
              )}
            >
              <input
                type="radio"
                name="activation"
                className="sr-only"
                checked={one.label === activation?.label}
                onChange={() => choose(one.label)}
              />
              {one.label}
            </label>
          ))}
        </fieldset>
        <Spectrogram
          values={spectrogram.values}
          highestHz={waveform.sampleRate / 2}
          durationSeconds={heardSeconds}
          palette="grey"
          label={`What was heard, ${heardSeconds.toFixed(2)} seconds, with the places marked that speak for ${activation?.label ?? 'the answer'}`}
        >
          {activation && (
            <span className="pointer-events-none absolute inset-0">
              <HeatMap values={activation.values} label={`Activation map of ${activation.label}`} palette="magma" isVeil />
            </span>
          )}
        </Spectrogram>
        <p className="mt-2 text-note text-muted">
          Bright places speak for the label most. The mean over the map and {activation?.bias.toPrecision(3)} are its score before the
          scores of all labels are brought to 100 %.
        </p>
      </div>
      <div>
        <h3 className="mb-3 font-semibold">What the layers made of it</h3>
        <ul className="grid grid-cols-2 gap-4 lg:grid-cols-4">
          {layers.map(({ name, channels, shape, values }) => (
            <li key={name}>
              <div className="h-24 overflow-hidden rounded-small">
                <HeatMap values={values} label={`Layer ${name}: mean over ${channels} channels`} palette="viridis" />
              </div>
              <p className="mt-1 text-note">
                {name}{' '}
                <span className="text-muted">
                  {shape.join(' × ')}, {channels} channels
                </span>
              </p>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
