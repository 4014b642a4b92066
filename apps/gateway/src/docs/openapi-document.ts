import { kinds as allKinds, type Kind } from '@earshot/contracts';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { routesModule } from '../gateway.module.js';
import { talentTag } from '../talent/talent-tag.js';
import { examplesOf } from './examples.js';
import { componentSchemas } from './schemas.js';
import { tagOf } from './work-parts.js';

/** The document of an application that is there, and takes these kinds of work. */
export function documentOf(app: INestApplication, kinds: readonly Kind[]): OpenAPIObject {
  const head = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Earshot')
    .setDescription(
      'Upload audio, ask for work on it, poll or watch the job, fetch the result. Errors are `application/problem+json` with a stable `code`; all codes are explained under [/docs/errors](/docs/errors).',
    )
    .setVersion('1')
    .addServer('/', 'Where this document comes from')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addTag('Clips', 'Audio files; equal bytes are stored once')
    .addSecurity('bearer', { type: 'http', scheme: 'bearer', description: 'Needed when the service runs with EARSHOT_ACCESS=keys' })
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key in another header' }, 'apiKey');
  for (const kind of kinds) head.addTag(tagOf(kind), kind.summary);
  head
    .addTag('Datasets', 'Clips with labels and groups, and the immutable versions that freezing makes of them')
    .addTag('Library', 'Samples: clips with a genre, tags, a licence, an author; what they sound like and which are alike')
    .addTag('Profiles', 'What the numbers of feature vectors are')
    .addTag('Classifiers', 'Models, their versions, and which of them is at work')
    .addTag('Jobs', 'What was asked for: its progress, its items, its result')
    .addTag('Service', 'How the installation is: its parts, its queues, its limits')
    .addTag(talentTag, 'What clients of the old talent system ask, unchanged')
    .addTag('Keyword system', 'What clients of the old keyword system ask, unchanged')
    .addTag('Sample system', 'What clients of the old sample system ask, unchanged');
  const document = SwaggerModule.createDocument(app, head.build());
  document.security = [{}, { bearer: [] }, { apiKey: [] }];
  document.components = { ...document.components, schemas: { ...document.components?.schemas, ...componentSchemas(kinds) } };
  showExamples(document.paths, examplesOf(kinds));
  return document;
}

/** The document alone, made without a database or anything else that runs. */
export async function openApiDocument(kinds: readonly Kind[] = allKinds): Promise<OpenAPIObject> {
  const app = await NestFactory.create(routesModule(kinds), { preview: true, logger: false, abortOnError: false });
  try {
    return documentOf(app, kinds);
  } finally {
    await app.close();
  }
}

/** Puts the example of each named schema beside it, wherever a body is of it. */
function showExamples(node: unknown, examples: Record<string, unknown>): void {
  if (typeof node !== 'object' || node === null) return;
  const name = 'schema' in node && JSON.stringify(node.schema).match(/^\{"\$ref":"#\/components\/schemas\/(\w+)"\}$/)?.[1];
  if (typeof name === 'string' && Object.hasOwn(examples, name)) Object.assign(node, { example: examples[name] });
  for (const member of Object.values(node)) showExamples(member, examples);
}
