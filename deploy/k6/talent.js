// The load test of the old talent system, with its scenarios, against its routes:
//   k6 run -e BASE_URL=http://127.0.0.1:8000 deploy/k6/talent.js
// takes three minutes and ends with 99 when a threshold is crossed. -e ONLY=single,batch runs some of the scenarios, -e CALLERS=20 (4) is
// for how many callers, -e SECONDS=30 (10) for how long each; stress and spike go up to four times as many callers.
import { check } from 'k6';
import exec from 'k6/execution';
import http from 'k6/http';
import { bytesOf, makeUnique, noiseWav, wavHeaderBytes } from './noise.js';

const api = `${__ENV.BASE_URL || 'http://127.0.0.1:8000'}/api/v1`;
const callers = Number(__ENV.CALLERS || 4);
const seconds = Number(__ENV.SECONDS || 10);
const seed = Number(__ENV.SEED || Date.now() % 1_000_000);
const boundary = 'earshot-k6-boundary';

const steady = (exec) => ({ executor: 'constant-vus', vus: callers, duration: `${seconds}s`, exec });
const ramp = (exec, ...stages) => ({
  executor: 'ramping-vus',
  startVUs: 1,
  stages: stages.map(([share, target]) => ({ duration: `${Math.ceil(share * seconds)}s`, target: Math.ceil(target * callers) })),
  exec,
});

const all = {
  health: steady('health'),
  model_info: steady('modelInfo'),
  metrics: steady('metrics'),
  train_status: steady('trainStatus'),
  single: steady('single'),
  batch: steady('batch'),
  mixed: steady('mixed'),
  stress: ramp('mixed', [1, 1], [1, 2], [1, 4], [0.5, 0]),
  spike: ramp('single', [0.5, 0.5], [0.1, 4], [1, 4], [0.1, 0.5], [0.5, 0]),
};
const names = __ENV.ONLY ? __ENV.ONLY.split(',') : Object.keys(all);

export const options = {
  scenarios: oneAfterTheOther(),
  thresholds: {
    checks: ['rate>0.99'],
    http_req_failed: ['rate<0.01'],
    ...Object.fromEntries(names.map((name) => [`http_req_duration{scenario:${name}}`, [`p(95)<${slowest(name)}`]])),
    ...Object.fromEntries(names.map((name) => [`http_reqs{scenario:${name}}`, ['count>0']])),
  },
  summaryTrendStats: ['med', 'p(95)', 'max'],
};

/** In milliseconds, of 95 in 100 requests. */
function slowest(name) {
  if (name === 'stress' || name === 'spike') return 5_000;
  return ['single', 'batch', 'mixed'].includes(name) ? 2_000 : 500;
}

function oneAfterTheOther() {
  let startS = 0;
  return Object.fromEntries(
    names.map((name) => {
      const scenario = all[name];
      if (scenario === undefined) throw new Error(`There is no scenario ${name}; there are ${Object.keys(all).join(', ')}`);
      const lasts =
        scenario.duration === undefined ? scenario.stages.reduce((sum, { duration }) => sum + parseInt(duration, 10), 0) : seconds;
      const placed = [name, { ...scenario, startTime: `${startS}s`, gracefulStop: '10s' }];
      startS += lasts + 2;
      return placed;
    }),
  );
}

export const health = () => read('/health', ({ status }) => status === 'healthy' || status === 'degraded');
export const modelInfo = () => read('/model-info', ({ model_name, classes }) => model_name !== undefined && Array.isArray(classes));
export const metrics = () => read('/model-metrics', (body) => 'accuracy' in body && 'confusion_matrix' in body);
export const trainStatus = () => read('/train-status', ({ status, progress }) => status !== undefined && progress >= 0);

export function single() {
  const response = send('/predictions/single', 'file', 1);
  check(response, {
    'single: 200': ({ status }) => status === 200,
    'single: prediction': (answer) => bodyOf(answer).prediction !== undefined,
  });
}

export function batch() {
  const files = 3 + (exec.vu.iterationInInstance % 3);
  const response = send('/predictions/batch', 'files', files);
  check(response, {
    'batch: 200': ({ status }) => status === 200,
    'batch: predictions': (answer) => (bodyOf(answer).predictions ?? []).length === files,
  });
}

/** Of ten requests six score a file, one scores several, three read. */
export function mixed() {
  [single, single, health, single, batch, single, modelInfo, single, trainStatus, single][exec.vu.iterationInInstance % 10]();
}

function read(path, isWhole) {
  const response = http.get(`${api}${path}`, { tags: { name: path } });
  check(response, { [`${path}: 200`]: ({ status }) => status === 200, [`${path}: whole`]: (answer) => isWhole(bodyOf(answer)) });
}

const clips = Array.from({ length: 16 }, (_, i) => noiseWav(i));

/** So many clips that nobody has sent before. */
function send(path, field, count) {
  const { iterationInInstance: iteration, idInInstance: caller } = exec.vu;
  const parts = Array.from({ length: count }, (_, i) => {
    const clip = clips[(iteration + i) % clips.length];
    makeUnique(new DataView(clip.buffer), wavHeaderBytes, seed, caller, iteration * 8 + i);
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="voice-${i}.wav"\r\nContent-Type: audio/wav\r\n\r\n`;
    return [bytesOf(head), clip, bytesOf('\r\n')];
  });
  const pieces = [...parts.flat(), bytesOf(`--${boundary}--\r\n`)];
  const body = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  pieces.reduce((at, piece) => {
    body.set(piece, at);
    return at + piece.length;
  }, 0);
  const params = { headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` }, timeout: '40s', tags: { name: path } };
  return http.post(`${api}${path}`, body.buffer, params);
}

function bodyOf(response) {
  try {
    return response.json() ?? {};
  } catch {
    return {};
  }
}
