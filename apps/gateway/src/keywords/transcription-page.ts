import type { EarshotError, KeywordPrediction } from '@earshot/contracts';
import { escaped } from '../requests/escaped.js';

/** The page of the old keyword system: what is heard in the file that its form sent, and the form again. */
export function transcriptionPage(filename: string, { keyword, confidence, windows = [] }: KeywordPrediction): string {
  const percent = `${(confidence * 100).toFixed(2)} %`;
  const rows = windows.map(
    ({ start, end, keyword: heard }) => `<li>${start.toFixed(2)} to ${end.toFixed(2)} s: ${escaped(heard ?? '—')}</li>`,
  );
  const timeline = rows.length === 0 ? '' : `<h2>When</h2>\n<ol>${rows.join('')}</ol>`;
  return page(`<p>${escaped(filename)}</p>
<p class="keyword">${escaped(keyword)}</p>
<p>Probability: ${percent}</p>
${timeline}`);
}

export function failurePage({ detail, code }: Pick<EarshotError, 'detail' | 'code'>): string {
  return page(`<p role="alert">${escaped(detail)} <a href="/docs/errors#${code}">${code}</a></p>`);
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Keyword · Earshot</title>
<link rel="icon" href="/icons/earshot.svg">
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}.keyword{font-size:2.5rem;margin:0}</style>
</head>
<body>
<main>
<h1>Keyword</h1>
${content}
<form action="/transcribe" method="post" enctype="multipart/form-data">
<label>Another recording: WAV, MP3 or FLAC, up to 10 s <input type="file" name="file" accept="audio/*" required></label>
<button>Transcribe</button>
</form>
</main>
</body>
</html>
`;
}
