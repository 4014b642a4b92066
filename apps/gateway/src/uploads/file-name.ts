const maxBytes = 255;

/**
 * A client's name for a file, made harmless: the part after the last path separator, in Unicode's composed form (NFC), without
 * control characters, at most 255 bytes of UTF-8 (cut between characters; the extension stays). It is data, never a path.
 */
export function fileName(sent: string | undefined): string {
  const last = (sent ?? '').toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim();
  if (clean === '' || clean === '.' || clean === '..') return 'unnamed';
  return shortened(clean);
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? '';
  const room = maxBytes - extension.length;
  let stem = '';
  let stemBytes = 0;
  for (const character of name.slice(0, name.length - extension.length)) {
    stemBytes += Buffer.byteLength(character);
    if (stemBytes > room) break;
    stem += character;
  }
  return stem + extension;
}
