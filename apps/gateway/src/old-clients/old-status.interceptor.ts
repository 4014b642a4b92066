import { EarshotError, type ErrorCode, errorCodes } from '@earshot/contracts';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { catchError, map, type Observable } from 'rxjs';
import { failed, isAnswer } from '../requests/answer.js';

/** Without a model the old systems were not ready, and said so. */
const notReady: ReadonlySet<ErrorCode> = new Set(['CLASSIFIER_NOT_FOUND', 'ALIAS_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND']);
/** They knew one status for all that is wrong with a file. */
const wrongFile: ReadonlySet<number> = new Set([413, 415, 422]);

/** Problems of the old systems' routes have the status that their clients know; `code` tells them apart as everywhere. */
@Injectable()
export class OldStatus implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    return next.handle().pipe(
      map((answer) =>
        isAnswer(answer) && answer.body !== null && 'problem' in answer.body
          ? failed(new OldProblem(answer.body.problem), answer.headers)
          : answer,
      ),
      catchError((error: unknown) => {
        throw error instanceof EarshotError ? new OldProblem(error) : error;
      }),
    );
  }
}

class OldProblem extends EarshotError {
  constructor({ code, detail, cause, members, faults, retryAfterSeconds }: EarshotError) {
    super(code, detail, { cause, members, faults, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
  }

  override get spec() {
    return { ...super.spec, status: oldStatusOf(this.code) };
  }
}

/** The status of a code on the old systems' routes. */
export function oldStatusOf(code: ErrorCode): number {
  const { status } = errorCodes[code];
  if (notReady.has(code)) return 503;
  return wrongFile.has(status) ? 400 : status;
}
