// The microphone as blocks of samples. It is asked for when somebody presses the button, never before.
import { Failure } from '../api/failure.js';

export interface Microphone {
  sampleRate: number;
  close(): void;
}

const worklet = new URL('./microphone-worklet.js', import.meta.url);

/** Why this page can have no microphone at all; null where it may ask for one. */
export function microphoneNotice(): string | null {
  if (navigator.mediaDevices !== undefined) return null;
  return 'Browsers give the microphone to pages by https, and of this machine by http://localhost. Open Earshot by one of these.';
}

/** Begins to listen; blocks of 128 samples from −1 to 1 come until it is closed. */
export async function openMicrophone(onBlock: (samples: Float32Array) => void): Promise<Microphone> {
  const notice = microphoneNotice();
  if (notice !== null) throw new Failure({ title: 'The microphone is out of reach', detail: notice });
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false } })
    .catch((error: unknown) => {
      throw refused(error);
    });
  const context = new AudioContext();
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close();
  };
  try {
    await context.audioWorklet.addModule(worklet);
    const node = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => onBlock(data);
    context.createMediaStreamSource(stream).connect(node);
    await context.resume();
  } catch (error) {
    close();
    throw error;
  }
  return { sampleRate: context.sampleRate, close };
}

function refused(error: unknown): Failure {
  const isNone = error instanceof DOMException && error.name === 'NotFoundError';
  return isNone
    ? new Failure({ title: 'There is no microphone', detail: 'Connect one, or choose a file.' })
    : new Failure({ title: 'The microphone was refused', detail: 'Allow it by the sign beside the address of this page, then try again.' });
}
