// The page at `/`: takes a sound, asks the API for everything that it shows, and shows the requests that it made.
import { ask, describeFile, Failure, forgetKey, keepKey, serverState } from './api.js';
import { tellCurls } from './curls.js';
import { tellChroma, tellFacts, tellFeatures } from './numbers.js';
import { drawSpectrogram, drawWaveform, showSeconds } from './pictures.js';

const profile = 'electro-45@1';
const at = (selector) => document.querySelector(selector);
const audio = new Audio();
const states = ['#key', '#busy', '#failure', '#result'];

/** What "Try again" and a key that was entered go on with. */
let latest = null;

/** A sound on its way from the hand to the screen; a newer one takes its place. */
async function take(name, fileOf, sample = null) {
  const turn = { name, fileOf, sample };
  latest = turn;
  const isCurrent = () => latest === turn;
  try {
    doing(`Listening to ${name}`, 'reading it');
    const file = await fileOf();
    const { item, job } = await describeFile(file, (text, share) => isCurrent() && progress(text, share));
    if (!isCurrent()) return;
    doing(`Listening to ${name}`, 'computing its features');
    const [features, notes] = await Promise.all([
      ask('POST', '/api/v1/features', { clipIds: [item.clipId], profiles: [profile] }),
      ask('GET', `/api/v1/profiles/${profile}`),
    ]);
    const picture = await ask('GET', `/api/v1/clips/${item.clipId}/spectrogram`);
    const sound = await ask('GET', `/api/v1/clips/${item.clipId}/audio`);
    if (isCurrent()) present({ file, sample, item, job, features, notes, picture, sound });
  } catch (error) {
    if (isCurrent()) fail(error);
  }
}

function present({ file, sample, item, job, features, notes, picture, sound }) {
  const description = item.result;
  const { values } = features.items[0].result.vectors[0];
  const named = notes.columns.map((column, i) => ({ ...column, value: values[i] }));
  show('#result');
  at('#filename').textContent = file.name;
  field('summary', `${description.format}, read by ${description.decoder}`);
  tellFacts(description, named.find(({ name }) => name === 'tempo').value, field);
  drawWaveform(at('#waveform'), description.waveform);
  drawSpectrogram(at('#spectrogram'), at('#hertz'), picture, description.durationSeconds);
  showSeconds(at('#seconds'), description.durationSeconds);
  tellChroma(at('#chroma'), named);
  tellFeatures(at('#features'), named);
  tellCurls(file.name, sample, item.clipId, profile);
  listenTo(sound, description.durationSeconds);
  at('#result').dataset.job = job;
  at('#result').focus({ preventScroll: true });
  at('#result').scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
}

function doing(title, text) {
  show('#busy');
  field('doing', title);
  progress(text, null);
}

/** `share` from 0 to 1 where it can be counted. */
function progress(text, share) {
  field('progress', text);
  const bar = at('#busy progress');
  if (share === null) bar.removeAttribute('value');
  else bar.value = share;
}

function fail(error) {
  if (error instanceof Failure && error.code === 'UNAUTHENTICATED') {
    forgetKey();
    show('#key');
    at('#key-text').focus();
    return;
  }
  const failure = error instanceof Failure ? error : new Failure({ title: 'This page has a fault', detail: String(error) });
  show('#failure');
  field('title', failure.title);
  field('detail', failure.detail);
  field('code', failure.code ?? 'the table of errors');
  at('#failure a').href = failure.help ?? '/docs/errors';
  field('request', failure.requestId ? `request ${failure.requestId}` : '');
  void watchServer();
}

function show(state) {
  audio.pause();
  for (const each of states) at(each).hidden = each !== state;
}

function field(name, text) {
  at(`[data-field="${name}"]`).replaceChildren(...[text].flat());
}

/** The player, its line over both pictures, and seeking by a click into them. */
function listenTo(sound, durationSeconds) {
  URL.revokeObjectURL(audio.src);
  audio.src = URL.createObjectURL(sound);
  const follow = () => {
    for (const line of document.querySelectorAll('.playhead')) line.style.left = `${(100 * audio.currentTime) / durationSeconds}%`;
    at('#result').classList.toggle('is-heard', audio.currentTime > 0 && !audio.ended);
    at('#play').classList.toggle('is-playing', !audio.paused);
    at('#play').setAttribute('aria-label', audio.paused ? 'Play' : 'Pause');
    if (!audio.paused) requestAnimationFrame(follow);
  };
  for (const change of ['play', 'pause', 'seeked', 'ended']) audio[`on${change}`] = follow;
  audio.onerror = () => field('summary', 'This browser cannot play the format; the server could read it.');
  for (const canvas of document.querySelectorAll('[data-seek]')) {
    canvas.onclick = ({ clientX }) => {
      const { left, width } = canvas.getBoundingClientRect();
      audio.currentTime = (durationSeconds * (clientX - left)) / width;
    };
  }
  follow();
}

function togglePlay() {
  if (audio.paused) audio.play().catch(() => audio.onerror?.());
  else audio.pause();
}

async function watchServer() {
  const state = await serverState();
  at('#server').dataset.is = state.is;
  at('#server').textContent = state.text;
}

at('#file').addEventListener('change', ({ target }) => {
  const [file] = target.files;
  if (file) void take(file.name, () => file);
  target.value = '';
});
for (const button of document.querySelectorAll('[data-sample]')) {
  const name = `${button.dataset.sample}.wav`;
  const path = `/home/samples/${name}`;
  button.addEventListener('click', () => take(name, async () => new File([await ask('GET', path)], name), path));
}
addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('is-dropping');
});
addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && document.body.classList.remove('is-dropping'));
addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('is-dropping');
  const [file] = event.dataTransfer.files;
  if (file) void take(file.name, () => file);
});
addEventListener('keydown', (event) => {
  if (event.key !== ' ' || at('#result').hidden || event.target.closest('button, input, a, pre')) return;
  event.preventDefault();
  togglePlay();
});
at('.table').tabIndex = 0; // so that it can be scrolled by keys
at('#play').addEventListener('click', togglePlay);
at('#retry').addEventListener('click', () => latest && take(latest.name, latest.fileOf, latest.sample));
at('#key').addEventListener('submit', (event) => {
  event.preventDefault();
  keepKey(at('#key-text').value.trim());
  at('#key-text').value = '';
  if (latest) void take(latest.name, latest.fileOf, latest.sample);
});
addEventListener('online', watchServer);
addEventListener('offline', watchServer);
setInterval(() => document.hidden || watchServer(), 15_000);
void watchServer();
