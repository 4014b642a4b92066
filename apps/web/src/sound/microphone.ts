// The microphone as blocks of samples. It is asked for when somebody presses the button, never before.
import { Failure } from '../api/failure.js';

interface Listener {
  /** Blocks of 128 samples from −1 to 1. */
  onBlock: (samples: Float32Array) => void;
  /** It was pulled out, or taken back in the browser. */
  onLost: () => void;
  /** Ends it, and also the question whether it may be had: who has left is not heard. */
  signal: AbortSignal;
}

const worklet = new URL('./microphone-worklet.js', import.meta.url);

/** Why this page can have no microphone at all; null where it may ask for one. */
export function microphoneNotice(): string | null {
  if (navigator.mediaDevices !== undefined) return null;
  return 'Your browser allows the microphone only over https or at http://localhost. Open Earshot at one of these addresses.';
}

/** Begins to listen, until the signal ends it; the sample rate. */
export async function openMicrophone({ onBlock, onLost, signal }: Listener): Promise<number> {
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
    if (context.state !== 'closed') void context.close();
  };
  signal.addEventListener('abort', close);
  try {
    signal.throwIfAborted();
    await context.audioWorklet.addModule(worklet);
    signal.throwIfAborted();
    const node = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => signal.aborted || onBlock(data);
    for (const track of stream.getTracks()) track.onended = onLost;
    context.createMediaStreamSource(stream).connect(node);
    await context.resume();
    signal.throwIfAborted();
  } catch (error) {
    close();
    throw error;
  }
  return context.sampleRate;
}

/** What to say where it went away. */
export function lostFailure(): Failure {
  return new Failure({
    title: 'The microphone went away',
    detail: 'It was pulled out, or this page may not use it any more. Begin again.',
  });
}

function refused(error: unknown): Failure {
  const isNone = error instanceof DOMException && error.name === 'NotFoundError';
  return isNone
    ? new Failure({ title: 'There is no microphone', detail: 'Connect one, or choose a file.' })
    : new Failure({ title: 'The microphone was refused', detail: 'Allow it by the sign beside the address of this page, then try again.' });
}
