// The requests that made what is shown, as lines for a terminal.
import { hasKey } from './api.js';

/** `sample` is the path of an example: its line fetches the sound too, so that it works anywhere. */
export function tellCurls(filename, sample, clipId, profile) {
  const { origin } = location;
  const key = hasKey() ? ' -H "Authorization: Bearer $EARSHOT_KEY"' : '';
  const fetched = sample === null ? '' : `curl -s ${origin}${sample} | `;
  const file = sample === null ? quoted(`file=@"${filename.replaceAll(/["\\]/g, '\\$&')}"`) : quoted(`file=@-;filename=${filename}`);
  const post = `curl -s${key} -H 'Prefer: wait=30'`;
  const body = JSON.stringify({ clipIds: [clipId], profiles: [profile] });
  const lines = {
    describe: `${fetched}${post} -F ${file} '${origin}/api/v1/descriptions?spectrogram=true'`,
    spectrogram: `curl -s${key} -o spectrogram.png ${origin}/api/v1/clips/${clipId}/spectrogram`,
    features: `${post} --json ${quoted(body)} ${origin}/api/v1/features`,
    profile: `curl -s${key} ${origin}/api/v1/profiles/${profile}`,
  };
  for (const [name, line] of Object.entries(lines)) document.querySelector(`[data-curl="${name}"]`).replaceChildren(...copyable(line));
}

function copyable(line) {
  const text = document.createElement('pre');
  const button = document.createElement('button');
  text.textContent = line;
  text.tabIndex = 0;
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy this command');
  button.addEventListener('click', async () => {
    const isCopied = await copy(line, text);
    button.textContent = isCopied ? 'Copied' : 'Selected';
    setTimeout(() => (button.textContent = 'Copy'), 2_000);
  });
  return [text, button];
}

/** Browsers give pages the clipboard on https and on this machine only; elsewhere the line is selected for the hand. */
async function copy(line, element) {
  try {
    await navigator.clipboard.writeText(line);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return false;
  }
}

function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
