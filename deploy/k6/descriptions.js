// Unique one-second clips, described while the client waits:
//   BASE_URL=http://127.0.0.1:8000 CALLERS=8 SECONDS=10 k6 run deploy/k6/descriptions.js
// or sent to another route that takes a file, as ROUTE='/api/v1/predictions?classifier=keywords'.
// Prints one line of JSON. Sixteen bodies are made before the load; each request changes a few samples of one of them.
import exec from 'k6/execution';
import http from 'k6/http';
import { Trend } from 'k6/metrics';

const route = __ENV.ROUTE || '/api/v1/descriptions';
const callers = Number(__ENV.CALLERS || 8);
const seconds = Number(__ENV.SECONDS || 10);
const seed = Number(__ENV.SEED || Date.now() % 1_000_000);

export const options = {
  scenarios: { describe: { executor: 'constant-vus', vus: callers, duration: `${seconds}s`, gracefulStop: '15s' } },
  summaryTrendStats: ['min', 'med', 'p(95)', 'max', 'count'],
};

const sampleRate = 22_050;
const boundary = 'earshot-k6-boundary';
const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="second.wav"\r\nContent-Type: audio/wav\r\n\r\n`;
const tail = `\r\n--${boundary}--\r\n`;
const samplesAt = head.length + 44;
const noise = whiteNoise(sampleRate + 16);
const bodies = Array.from({ length: 16 }, (_, i) => bodyOf(i));

const startedMs = new Trend('started_ms');
const endedMs = new Trend('ended_ms');
const params = { headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, Prefer: 'wait=10' }, timeout: '20s' };

export default function () {
  const iteration = exec.vu.iterationInInstance;
  const body = bodies[iteration % bodies.length];
  // Four samples of at most 15 bits each make the clip unlike every other one.
  body.setInt16(samplesAt, seed % 32_000, true);
  body.setInt16(samplesAt + 2, (seed / 32_000) | 0, true);
  body.setInt16(samplesAt + 4, exec.vu.idInInstance, true);
  body.setInt16(samplesAt + 6, iteration % 32_000, true);
  startedMs.add(Date.now());
  const response = http.post(`${__ENV.BASE_URL}${route}`, body.buffer, params);
  endedMs.add(Date.now());
  if (response.status !== 200) console.error(`${response.status}: ${response.body}`);
}

export function handleSummary({ metrics }) {
  const { http_req_duration: duration, http_req_failed: failed, started_ms: started, ended_ms: ended } = metrics;
  const summary = {
    requests: duration.values.count,
    failed: failed.values.passes,
    seconds: (ended.values.max - started.values.min) / 1000,
    p50Ms: duration.values.med,
    p95Ms: duration.values['p(95)'],
    maxMs: duration.values.max,
  };
  return { stdout: `${JSON.stringify(summary)}\n` };
}

/** A multipart body with a WAV: mono, 16 bits, 22,050 Hz, a piece of the noise that begins at another sample for each. */
function bodyOf(number) {
  const wav = new DataView(new ArrayBuffer(44 + 2 * sampleRate));
  const text = (at, value) => new Uint8Array(wav.buffer).set(bytesOf(value), at);
  text(0, 'RIFF');
  wav.setUint32(4, wav.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  wav.setUint32(16, 16, true);
  wav.setUint16(20, 1, true);
  wav.setUint16(22, 1, true);
  wav.setUint32(24, sampleRate, true);
  wav.setUint32(28, 2 * sampleRate, true);
  wav.setUint16(32, 2, true);
  wav.setUint16(34, 16, true);
  text(36, 'data');
  wav.setUint32(40, 2 * sampleRate, true);
  new Int16Array(wav.buffer, 44).set(noise.subarray(number, number + sampleRate));
  const body = new Uint8Array(head.length + wav.byteLength + tail.length);
  body.set(bytesOf(head));
  body.set(new Uint8Array(wav.buffer), head.length);
  body.set(
    [...tail].map((letter) => letter.charCodeAt(0)),
    head.length + wav.byteLength,
  );
  return new DataView(body.buffer);
}

function bytesOf(text) {
  return [...text].map((letter) => letter.charCodeAt(0));
}

/** Made once by each caller before the load: a second of it costs k6 as much as several requests. */
function whiteNoise(length) {
  const samples = new Int16Array(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    samples[i] = state >> 20;
  }
  return samples;
}
