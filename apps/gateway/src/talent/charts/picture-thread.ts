// The entry of the thread that makes a picture of an SVG, and ends with it: what the rasteriser took is given back.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const { resolve } = createRequire(import.meta.url);
const svg: string = workerData;

await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')));
const fontBuffers = [400, 700].map((weight) => readFileSync(resolve(`@fontsource/lato/files/lato-latin-${weight}-normal.woff2`)));
const png = new Resvg(svg, { font: { fontBuffers, defaultFontFamily: 'Lato' } }).render().asPng();
parentPort!.postMessage(png);
