import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import type { OldClientSettings } from '../old-clients/old-client-settings.js';
import { samples } from './samples.js';

/** The page as it stands, beside `src` and `dist` alike: nothing of it is built. */
const folder = fileURLToPath(new URL('../../home/', import.meta.url));

/** Of a page that is asked for again the tag is compared: an update shows at once. */
const alwaysCompared = 'no-cache';

/** `/`: a page for people to try a sound on, and for programs the address of everything else. */
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
  express.get('/', (request: Request, response: Response) => {
    response.vary('Accept').setHeader('Cache-Control', alwaysCompared);
    if (request.accepts(['json', 'html']) === 'html') response.sendFile('index.html', { root: folder });
    else response.json(index);
  });
  express.get('/favicon.ico', (_request: Request, response: Response) => response.sendFile('favicon.svg', { root: folder }));
  express.get('/home/samples/:name.wav', (request: Request, response: Response, next: () => void) => {
    const sample = Object.hasOwn(samples, String(request.params['name'])) ? samples[String(request.params['name'])] : undefined;
    if (sample === undefined) next();
    else response.type('audio/wav').send(Buffer.from(sample()));
  });
  app.useStaticAssets(folder, {
    prefix: '/home/',
    index: false,
    setHeaders: (response: Response) => response.setHeader('Cache-Control', alwaysCompared),
  });
}

/** What is shown to anybody: the page holds nothing of anybody's, and asks for a key where one is needed. */
export function isOfHome(path: string): boolean {
  return path === '/' || path === '/favicon.ico' || path.startsWith('/home/');
}
