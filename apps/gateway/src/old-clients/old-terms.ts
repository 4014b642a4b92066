import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { isAsyncPreferred } from '../requests/prefer.js';
import { OLD_CLIENT_SETTINGS } from '../tokens.js';
import { type Terms, termsOf } from '../work/terms.js';
import type { OldClientSettings } from './old-client-settings.js';

/** The terms on which old systems' clients ask for work: they wait for its result, unless they say otherwise. */
@Injectable()
export class OldTerms {
  constructor(@Inject(OLD_CLIENT_SETTINGS) private readonly settings: Pick<OldClientSettings, 'LEGACY_WAIT_MS'>) {}

  of(request: Request): Terms {
    const waitSeconds = this.settings.LEGACY_WAIT_MS / 1_000;
    return termsOf(request, {}, isAsyncPreferred(request.get('prefer')) || waitSeconds === 0 ? null : waitSeconds);
  }
}
