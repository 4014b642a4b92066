import { EarshotError } from '@earshot/contracts';
import {
  ChromaClientError,
  ChromaForbiddenError,
  ChromaNotFoundError,
  ChromaQuotaExceededError,
  ChromaUnauthorizedError,
  ChromaValueError,
} from 'chromadb';

/** What is said of the request itself. What else goes wrong is Chroma's or the network's; an answer that breaks off has no type of its own. */
const refusals = [
  ChromaClientError,
  ChromaForbiddenError,
  ChromaNotFoundError,
  ChromaQuotaExceededError,
  ChromaUnauthorizedError,
  ChromaValueError,
];

/**
 * One request to Chroma. That it is away, overloaded, too slow or dies while it answers is INDEX_UNAVAILABLE, and so is a name that another
 * has taken at the same moment; what it does not know stays its own error, and so does what it refuses, which is our fault.
 */
export async function asking<Answer>(doing: string, limitMs: number, request: () => Promise<Answer>): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(unavailable(`${doing}: no answer within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([request(), late]);
  } catch (error) {
    if (error instanceof EarshotError || refusals.some((type) => error instanceof type)) throw error;
    throw unavailable(`${doing}: ${messageOf(error)}`, error);
  } finally {
    clearTimeout(timer);
  }
}

export function isUnknown(error: unknown): boolean {
  return error instanceof ChromaNotFoundError;
}

export function unavailable(detail: string, cause?: unknown): EarshotError {
  return new EarshotError('INDEX_UNAVAILABLE', detail, { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
