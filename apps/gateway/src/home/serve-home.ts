import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { bundledFolder } from '../classifiers/bundled-models.js';
import type { OldClientSettings } from '../old-clients/old-client-settings.js';
import { samples } from './samples.js';
import { isForScreen } from './screen-request.js';

/** The web app as it was built. */
const folder = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** Classifiers that come with recordings for a first try. */
const withSamples = ['keywords', 'sounds'];

/** Of what keeps its name the tag is compared when it is asked for again: an update shows at once. */
const alwaysCompared = 'no-cache';
/** What has a hash of its content in its name never changes. */
const keptForAYear = 'public, max-age=31536000, immutable';

/** The web app for people, at `/` and at the addresses of its screens; for programs `/` has the addresses of everything else. */
export function serveHome(
  app: NestExpressApplication,
  { API_TITLE, API_VERSION }: Pick<OldClientSettings, 'API_TITLE' | 'API_VERSION'>,
): void {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const index = {
    message: 'Earshot understands sound',
    version: API_VERSION ?? version,
    docs: '/docs',
    openapi: '/openapi.json',
    health: '/api/v1/health',
    name: API_TITLE ?? 'Earshot',
    endpoints: {
      clips: '/api/v1/clips',
      predictions: '/api/v1/predictions',
      talent: '/api/v1/predictions/single',
      keywords: '/api/predict',
      library: '/api/v1/library/clips',
      stats: '/stats',
      search: '/search',
      jobs: '/api/v1/jobs',
    },
  };
  const express = app.getHttpAdapter().getInstance();
  const sendApp = (response: Response) =>
    response.vary('Accept').setHeader('Cache-Control', alwaysCompared).sendFile('index.html', { root: folder });
  express.get('/', (request: Request, response: Response) => {
    if (request.accepts(['json', 'html']) === 'html') sendApp(response);
    else response.vary('Accept').setHeader('Cache-Control', alwaysCompared).json(index);
  });
  for (const [path, file] of Object.entries(filesByName)) {
    express.get(path, (_request: Request, response: Response) => {
      response.setHeader('Cache-Control', alwaysCompared).sendFile(file, { root: folder });
    });
  }
  express.get('/home/samples/:name.wav', (request: Request, response: Response, next: () => void) => {
    const sample = Object.hasOwn(samples, String(request.params['name'])) ? samples[String(request.params['name'])] : undefined;
    if (sample === undefined) next();
    else response.type('audio/wav').send(Buffer.from(sample()));
  });
  const serveFolder = (path: string, prefix: string, caching: string) =>
    app.useStaticAssets(path, { prefix, index: false, setHeaders: (response: Response) => response.setHeader('Cache-Control', caching) });
  serveFolder(`${folder}assets/`, '/assets/', keptForAYear);
  serveFolder(`${folder}icons/`, '/icons/', alwaysCompared);
  for (const name of withSamples) serveFolder(`${bundledFolder}/${name}/samples/`, `/home/samples/${name}/`, alwaysCompared);
  app.use((request: Request, response: Response, next: () => void) => (isForScreen(request) ? sendApp(response) : next()));
}

const filesByName = { '/favicon.ico': 'icons/earshot.svg', '/theme.js': 'theme.js', '/manifest.webmanifest': 'manifest.webmanifest' };

/** What is shown to anybody: the web app holds nothing of anybody's, and asks for a key where one is needed. */
export function isOfHome(request: Request): boolean {
  const { path } = request;
  return path === '/' || Object.hasOwn(filesByName, path) || /^\/(home|assets|icons)\//.test(path) || isForScreen(request);
}
