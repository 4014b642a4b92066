// The entry of the process that makes a PNG (standard output) of an SVG (standard input) and ends: with it goes what the rasteriser took.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const { resolve } = createRequire(import.meta.url);

await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')));
const fontBuffers = [400, 700].map((weight) => readFileSync(resolve(`@fontsource/lato/files/lato-latin-${weight}-normal.woff2`)));
const picture = new Resvg(await text(process.stdin), { font: { fontBuffers, defaultFontFamily: 'Lato' } });
process.stdout.write(picture.render().asPng());
