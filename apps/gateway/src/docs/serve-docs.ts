import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Kind } from '@earshot/contracts';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { errorsPage } from './errors-page.js';
import { madeOnce } from './made-once.js';
import { documentOf } from './openapi-document.js';

/** Swagger UI, ReDoc, the document itself and the explanation of the error codes: everything from here, nothing from a CDN. */
export function serveDocs(app: NestExpressApplication, kinds: readonly Kind[]): void {
  let document: OpenAPIObject | undefined;
  const current = () => (document ??= documentOf(app, kinds));
  const express = app.getHttpAdapter().getInstance();
  express.get(
    '/openapi.json',
    madeOnce('application/json', () => JSON.stringify(current())),
  );
  express.get('/docs/errors', madeOnce('text/html', errorsPage));
  express.get(
    '/redoc',
    madeOnce('text/html', () => redocPage),
  );
  express.get('/redoc/redoc.standalone.js', madeOnce('text/javascript', redocScript, { 'Cache-Control': 'public, max-age=86400' }));
  SwaggerModule.setup('docs', app, current, { raw: false, customSiteTitle: 'Earshot API' });
}

/** As it comes it fetches its maker's logo from there, which our policy forbids. */
function redocScript(): string {
  const bundle = createRequire(import.meta.url).resolve('redoc/bundles/redoc.standalone.js');
  return readFileSync(bundle, 'utf8').replaceAll('https://cdn.redoc.ly/redoc/logo-mini.svg', '/icons/earshot.svg');
}

const redocPage = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Earshot API</title></head>
<body style="margin: 0"><redoc spec-url="/openapi.json" disable-search="false"></redoc><script src="/redoc/redoc.standalone.js"></script></body>
</html>
`;
