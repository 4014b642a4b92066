import { types } from 'node:util';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { EarshotError } from '@earshot/contracts';

const fullNames = new Set([
  'QuotaExceeded',
  'XMinioStorageFull',
  'XMinioAdminBucketQuotaExceeded',
  'InsufficientStorage',
  'EntityTooLarge',
]);

/** Runs one request; what the service refuses, or a network that fails, becomes STORAGE_FULL or STORAGE_UNAVAILABLE. */
export async function onS3<T>(doing: string, request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw s3Error(doing, error);
  }
}

export function s3Error(doing: string, error: unknown): EarshotError {
  if (error instanceof EarshotError) return error;
  const name = types.isNativeError(error) ? error.name : typeof error;
  const status = statusOf(error);
  const detail = `${doing}: ${name}${status === null ? '' : `, status ${status}`}`;
  return new EarshotError(fullNames.has(name) || status === 507 ? 'STORAGE_FULL' : 'STORAGE_UNAVAILABLE', detail, { cause: error });
}

/** The HTTP status of a refusal; null when there was no answer. */
export function statusOf(error: unknown): number | null {
  return error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? null) : null;
}

/** Whether the object, not its bucket, is missing. HEAD answers have no body and so no finer name than NotFound. */
export function isMissingObject(error: unknown): boolean {
  return error instanceof S3ServiceException && (error.name === 'NoSuchKey' || error.name === 'NotFound');
}
