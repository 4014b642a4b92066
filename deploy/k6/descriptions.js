// Unique one-second clips, described while the client waits:
//   BASE_URL=http://127.0.0.1:8000 CALLERS=8 SECONDS=10 k6 run deploy/k6/descriptions.js
// or sent to another route that takes a file, as ROUTE='/api/v1/predictions?classifier=keywords'.
// Prints one line of JSON. Sixteen bodies are made before the load; each request changes a few samples of one of them.
import exec from 'k6/execution';
import http from 'k6/http';
import { Trend } from 'k6/metrics';
import { bytesOf, makeUnique, noiseWav, wavHeaderBytes } from './noise.js';

const route = __ENV.ROUTE || '/api/v1/descriptions';
const callers = Number(__ENV.CALLERS || 8);
const seconds = Number(__ENV.SECONDS || 10);
const seed = Number(__ENV.SEED || Date.now() % 1_000_000);

export const options = {
  scenarios: { describe: { executor: 'constant-vus', vus: callers, duration: `${seconds}s`, gracefulStop: '15s' } },
  summaryTrendStats: ['min', 'med', 'p(95)', 'max', 'count'],
};

const boundary = 'earshot-k6-boundary';
const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="second.wav"\r\nContent-Type: audio/wav\r\n\r\n`;
const tail = `\r\n--${boundary}--\r\n`;
const samplesAt = head.length + wavHeaderBytes;
const bodies = Array.from({ length: 16 }, (_, i) => bodyOf(i));

const startedMs = new Trend('started_ms');
const endedMs = new Trend('ended_ms');
const params = { headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, Prefer: 'wait=10' }, timeout: '20s' };

export default function () {
  const iteration = exec.vu.iterationInInstance;
  const body = bodies[iteration % bodies.length];
  makeUnique(body, samplesAt, seed, exec.vu.idInInstance, iteration);
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

/** A multipart body with a WAV. */
function bodyOf(number) {
  const wav = noiseWav(number);
  const body = new Uint8Array(head.length + wav.length + tail.length);
  body.set(bytesOf(head));
  body.set(wav, head.length);
  body.set(bytesOf(tail), head.length + wav.length);
  return new DataView(body.buffer);
}
