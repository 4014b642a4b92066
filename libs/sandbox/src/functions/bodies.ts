// The functions module of the production pool: only child processes import it. What the functions import when they run is loaded here
// already, while a child waits for its first call.
import '../decoding/facts-of.js';
import '../decoding/with-clip-pcm.js';
import '../scoring/loaded-models.js'; // 2 MB, and 110 ms that the first prediction does not wait for
import '../scoring/score-windows.js';
import './draw-spectrogram.js';
import './clip-meter.js';
import './fault-meter.js';
import { functionTable } from './functions.js';

export const functions = Object.fromEntries(Object.entries(functionTable).map(([name, { run }]) => [name, run]));
