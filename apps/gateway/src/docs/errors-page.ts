import { readFileSync } from 'node:fs';
import { errorCodes, isErrorCode } from '@earshot/contracts';
import { escaped } from '../requests/escaped.js';
import { explainedErrors } from './error-table.js';

const errorsFile = new URL('../../../../docs/errors.md', import.meta.url);

/** docs/errors.md as a page: `#CODE` leads to each code. */
export function errorsPage(): string {
  const entries = explainedErrors(readFileSync(errorsFile, 'utf8')).map(
    ({ code, status, when, whatToDo }) => `<section id="${code}">
<h2>${code}</h2>
<p><strong>${status}</strong> ${isErrorCode(code) ? escaped(errorCodes[code].title) : ''}</p>
<p>${inline(when)}.</p>
<p>${inline(whatToDo)}.</p>
</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Earshot: error codes</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 44em; margin: 2em auto; padding: 0 1em } h2 { font: bold 1em ui-monospace, monospace; margin: 2em 0 0 } p { margin: .2em 0 } section:target { background: #fff3bf; color: #000 }</style>
</head>
<body>
<h1>Error codes</h1>
${entries.join('\n')}
</body>
</html>
`;
}

function inline(markdown: string): string {
  return escaped(markdown).replace(/`([^`]+)`/g, '<code>$1</code>');
}
