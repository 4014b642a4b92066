import type { NestExpressApplication } from '@nestjs/platform-express';

export function serveDocs(_app: NestExpressApplication): void {}
