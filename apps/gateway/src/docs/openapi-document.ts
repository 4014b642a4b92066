import { errorCodes, type Problem } from '@earshot/contracts';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { routesModule } from '../gateway.module.js';
import { failureProblem } from '../problems/problem-document.js';
import { componentSchemas } from './schemas.js';

/** The document of an application that is there. */
export function documentOf(app: INestApplication): OpenAPIObject {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Earshot')
    .setDescription(
      'Upload audio, ask for work on it, poll or watch the job, fetch the result. Errors are `application/problem+json` with a stable `code`, explained under [/docs/errors](/docs/errors).',
    )
    .setVersion('1')
    .addServer('/', 'Where this document comes from')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addTag('Clips', 'Audio files; equal bytes are stored once')
    .addTag('Descriptions', 'What can be said of a sound without any model')
    .addTag('Features', 'Vectors of named profiles, equal to librosa 0.11, or of your own')
    .addTag('Jobs', 'What was asked for: its progress, its items, its result')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Needed when the service runs with EARSHOT_ACCESS=keys' })
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key in another header' }, 'apiKey')
    .build();
  const document = SwaggerModule.createDocument(app, head);
  document.security = [{}, { bearer: [] }, { apiKey: [] }];
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...componentSchemas() },
    examples: problemExamples(document),
  };
  return document;
}

/** The document alone, made without a database or anything else that runs. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const app = await NestFactory.create(routesModule(), { preview: true, logger: false, abortOnError: false });
  try {
    return documentOf(app);
  } finally {
    await app.close();
  }
}

/** One for each code that an operation names. */
function problemExamples(document: OpenAPIObject): Record<string, { value: Problem }> {
  const named = new Set([...JSON.stringify(document.paths).matchAll(/"#\/components\/examples\/(\w+)"/g)].map(([, code]) => code));
  return Object.fromEntries(
    Object.entries(errorCodes)
      .filter(([code]) => named.has(code))
      .map(([code, { title }]) => [code, { value: failureProblem({ code, detail: title }) }]),
  );
}
