import { CircleStop, Mic, Play, Upload } from 'lucide-react';
import type { RefObject } from 'react';
import { useKey } from '../../keys/keys.js';
import { microphoneNotice } from '../../sound/microphone.js';
import { Button } from '../../ui/button.js';
import { LevelMeter } from '../../ui/level-meter.js';
import { look } from '../../ui/look.js';
import { useDrop } from '../../ui/use-drop.js';
import { type Example, examples } from './examples.js';
import { mostSeconds, useRecorder } from './use-recorder.js';

interface Props {
  chosen: Example;
  onChoose: (example: Example) => void;
  onExample: (example: Example) => void;
  onFile: (file: File) => void;
  onRefused: (error: unknown) => void;
  /** Where a file is chosen, for who is to choose another one. */
  fileInput: RefObject<HTMLInputElement | null>;
}

/** The three ways to give a sound: an example, a file, the microphone. */
export function TakeSound({ chosen, onChoose, onExample, onFile, onRefused, fileInput }: Props) {
  const isOver = useDrop(onFile);
  const recorder = useRecorder(onFile, onRefused);
  const toggle = () => (recorder.isOn ? recorder.stop() : void recorder.start());
  const notice = microphoneNotice();
  useKey('r', 'Record, or stop recording', toggle, notice === null);
  return (
    <div className="space-y-6">
      <fieldset>
        <legend className="mb-2 text-note font-medium">An example</legend>
        <div className="space-y-1.5">
          {examples.map((example) => (
            <label
              key={example.file}
              className={look(
                'flex min-h-11 items-center justify-between gap-3 rounded-field border border-line px-4 transition-colors hover:bg-sunken focus-within:outline-2 focus-within:outline-accent',
                example === chosen && 'border-accent bg-accent-soft hover:bg-accent-soft',
              )}
            >
              <input type="radio" name="example" className="sr-only" checked={example === chosen} onChange={() => onChoose(example)} />
              <span className="font-medium">{example.name}</span>
              <span className="text-note text-muted">{example.classifier}</span>
            </label>
          ))}
        </div>
        <Button className="mt-3 w-full" onClick={() => onExample(chosen)}>
          <Play size={18} aria-hidden /> Listen to this
        </Button>
      </fieldset>

      <div>
        <h3 className="mb-2 text-note font-medium">Your own sound</h3>
        <label
          className={look(
            'flex min-h-28 flex-col items-center justify-center gap-1.5 rounded-card border-2 border-dashed border-edge/60 p-4 text-center transition-colors hover:border-accent focus-within:outline-2 focus-within:outline-accent',
            isOver && 'border-accent bg-accent-soft',
          )}
        >
          <Upload aria-hidden className="text-accent" />
          <span className="font-semibold">{isOver ? 'Let it go' : 'Choose a file'}</span>
          <span className="text-note text-muted">or drop one anywhere on this page</span>
          <input
            ref={fileInput}
            type="file"
            aria-label="Choose a file"
            accept="audio/*,video/*,.wav,.flac,.ogg,.opus,.mp3,.m4a,.aif,.aiff"
            className="sr-only"
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) onFile(file);
              target.value = '';
            }}
          />
        </label>
        <Button look={recorder.isOn ? 'danger' : 'plain'} className="mt-3 w-full" keyHint="r" disabled={notice !== null} onClick={toggle}>
          {recorder.isOn ? <CircleStop size={18} aria-hidden /> : <Mic size={18} aria-hidden />}
          {recorder.isOn ? 'Stop, and listen to it' : 'Record'}
        </Button>
        {notice !== null && <p className="mt-2 text-note text-muted">{notice}</p>}
        {recorder.isOn && (
          <LevelMeter level={recorder.level} className="mt-3">
            <span>Recording</span>
            <span>
              {recorder.seconds.toFixed(1)} of {mostSeconds} s
            </span>
          </LevelMeter>
        )}
      </div>
    </div>
  );
}
