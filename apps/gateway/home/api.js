// What the page asks of the API.

/** Everything that can go wrong, in words: what, why, and what it is called in the table of errors. */
export class Failure extends Error {
  constructor({ title, detail, code = null, help = null, requestId = null }) {
    super(detail);
    Object.assign(this, { title, detail, code, help, requestId });
  }
}

const keyName = 'earshot-key';

export function keepKey(key) {
  sessionStorage.setItem(keyName, key);
}

export function forgetKey() {
  sessionStorage.removeItem(keyName);
}

export function hasKey() {
  return sessionStorage.getItem(keyName) !== null;
}

/** Sends a request, with its body as JSON, and returns what was sent back: an object, or the bytes of a picture or a sound. */
export async function ask(method, path, body) {
  const headers = { ...authorization(), ...(body === undefined ? {} : { 'content-type': 'application/json', prefer: 'wait=30' }) };
  let response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw away();
  }
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const answer = await (isJson ? response.json() : response.blob());
  if (!response.ok) throw new Failure(answer);
  return response.status === 202 ? resultOf(answer) : answer;
}

/** Uploads a file and waits for its description; `tell` hears how far it is. */
export async function describeFile(file, tell) {
  const answer = await upload('/api/v1/descriptions?spectrogram=true', file, tell);
  const result = 'items' in answer ? answer : await resultOf(answer, tell);
  const [item] = result.items;
  if (item.error) throw new Failure(item.error);
  return { item, job: result.jobId };
}

/** By XMLHttpRequest, because fetch does not say how much has been sent. */
function upload(path, file, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries({ ...authorization(), prefer: 'wait=30' })) request.setRequestHeader(name, value);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => tell(`${megabytes(loaded)} of ${megabytes(total)} uploaded`, loaded / total);
    request.upload.onload = () => tell('decoding and drawing it', null);
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(request.response === null ? away() : new Failure(request.response));
    };
    request.onerror = () => reject(away());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}

/** Asks for the job until it has ended; its place in the queue is told, a time is not made up. */
async function resultOf(job, tell = () => undefined) {
  let present = job;
  while (present.finishedAt === null) {
    const place = present.queuePosition;
    tell(present.state === 'queued' && place !== null ? `waiting: ${place} before it in the queue` : 'being worked on', null);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    present = await ask('GET', job.links.self);
  }
  return ask('GET', job.links.result);
}

/** Whether the server can be reached, and what it says of itself. */
export async function serverState() {
  try {
    const { status, checks = {} } = await (await fetch('/readyz')).json();
    const failed = Object.keys(checks).filter((name) => checks[name].status !== 'ok');
    const text = failed.length > 0 ? `server ${status}: ${failed.join(', ')}` : `server ${status}`;
    return { is: status === 'ready' || status === 'degraded' ? status : 'away', text };
  } catch {
    return { is: 'away', text: `server not reached since ${new Date().toLocaleTimeString()}` };
  }
}

function authorization() {
  const key = sessionStorage.getItem(keyName);
  return key === null ? {} : { authorization: `Bearer ${key}` };
}

function away() {
  const detail = navigator.onLine ? 'It may be starting again; what it had accepted is not lost.' : 'This device is offline.';
  return new Failure({ title: 'The server cannot be reached', detail });
}

function megabytes(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
