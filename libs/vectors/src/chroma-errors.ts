import { EarshotError } from '@earshot/contracts';
import { ChromaConnectionError, ChromaNotFoundError, ChromaRateLimitError, ChromaServerError } from 'chromadb';

const passing = [ChromaConnectionError, ChromaServerError, ChromaRateLimitError];

/**
 * One request to Chroma. That it is away, overloaded or too slow is INDEX_UNAVAILABLE; what it does not know stays its own error, and so
 * does what it refuses, which is our fault.
 */
export async function asking<Answer>(doing: string, limitMs: number, request: () => Promise<Answer>): Promise<Answer> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(unavailable(`${doing}: no answer within ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([request(), late]);
  } catch (error) {
    throw passing.some((type) => error instanceof type) ? unavailable(`${doing}: ${messageOf(error)}`, error) : error;
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
