import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { EarshotError } from '@earshot/contracts';
import { isMissingObject, onS3, statusOf } from './s3-error.js';

export interface S3Settings {
  bucket: string;
  /** Default: us-east-1, which services other than Amazon's ignore. */
  region?: string;
  /** Default: Amazon's. */
  endpoint?: string;
  /** Without a key pair the SDK looks for the machine's own role. */
  accessKeyId?: string;
  secretAccessKey?: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. Default: whenever an endpoint is given. */
  forcePathStyle?: boolean;
}

export interface S3Object {
  key: string;
  sizeBytes: number;
  modifiedAt: Date;
}

/** A body and what is known about it before it is sent. `open` is called again for each try. */
export interface S3Body {
  sizeBytes: number;
  sha256?: string;
  open: () => Uint8Array | Readable;
}

const tries = 5;

/** Of a bucket: it lies in another region, we may not use it, it does not exist. */
const refusals = new Set([301, 401, 403, 404]);
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The few requests that the store is made of, with time limits, tries and our errors. */
export class S3Bucket {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor({ bucket, region = 'us-east-1', endpoint, accessKeyId, secretAccessKey, forcePathStyle }: S3Settings) {
    this.#bucket = bucket;
    this.#client = new S3Client({
      region,
      ...(endpoint !== undefined && { endpoint }),
      ...(accessKeyId !== undefined && secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
      forcePathStyle: forcePathStyle ?? endpoint !== undefined,
      maxAttempts: tries,
      logger: silent, // what fails is thrown; the SDK would also print it
      // We send SHA-256 ourselves; the SDK's own checksums come as trailers, which many S3-compatible services refuse.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // No limit on a whole request, which may carry gigabytes; a connection that falls silent is ended.
      requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000, httpAgent: { maxSockets: 64 }, httpsAgent: { maxSockets: 64 } },
    });
  }

  async put(key: string, { sizeBytes, sha256, open }: S3Body, signal?: AbortSignal): Promise<void> {
    const send = () =>
      this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: key,
          Body: open(),
          ContentLength: sizeBytes,
          ContentType: 'application/octet-stream',
          ...(sha256 !== undefined && { ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64') }),
        }),
        { abortSignal: signal },
      );
    await onS3(`storing ${key}`, () => withTries(send, signal), signal);
  }

  /** `range` is an HTTP Range header. Null: there is no such object. */
  async get(key: string, range?: string): Promise<Readable | null> {
    const command = new GetObjectCommand({ Bucket: this.#bucket, Key: key, ...(range !== undefined && { Range: range }) });
    const answer = await this.#unlessMissing(`reading ${key}`, () => this.#client.send(command));
    if (answer === null) return null;
    if (!(answer.Body instanceof Readable)) throw new EarshotError('STORAGE_UNAVAILABLE', `reading ${key}: the answer has no body`);
    return answer.Body;
  }

  async head(key: string): Promise<S3Object | null> {
    const command = new HeadObjectCommand({ Bucket: this.#bucket, Key: key });
    const answer = await this.#unlessMissing(`looking at ${key}`, () => this.#client.send(command));
    return answer && { key, ...described(answer.ContentLength, answer.LastModified) };
  }

  async remove(key: string, signal?: AbortSignal): Promise<void> {
    await onS3(`removing ${key}`, () =>
      this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }), { abortSignal: signal }),
    );
  }

  async *list(prefix: string): AsyncGenerator<S3Object, void> {
    let continued: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix, ContinuationToken: continued });
      const page = await onS3('listing the bucket', () => this.#client.send(command));
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key !== undefined) yield { key: Key, ...described(Size, LastModified) };
      }
      continued = page.NextContinuationToken;
    } while (continued !== undefined);
  }

  async isAny(prefix: string): Promise<boolean> {
    const command = new ListObjectsV2Command({ Bucket: this.#bucket, Prefix: prefix, MaxKeys: 1 });
    const page = await onS3('listing the bucket', () => this.#client.send(command));
    return (page.Contents ?? []).length > 0;
  }

  async ping(): Promise<void> {
    const abortSignal = AbortSignal.timeout(5_000);
    const doing = `asking for the bucket ${this.#bucket}`;
    const request = () => this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }), { abortSignal });
    await onS3(doing, request).catch((error: EarshotError) => {
      throw isRefusal(error.cause) ? new EarshotError('STORAGE_REFUSED', error.detail, { cause: error.cause }) : error;
    });
  }

  close(): void {
    this.#client.destroy();
  }

  async #unlessMissing<T>(doing: string, request: () => Promise<T>): Promise<T | null> {
    return onS3(doing, async () => {
      try {
        return await request();
      } catch (error) {
        if (isMissingObject(error)) return null;
        throw error;
      }
    });
  }
}

function isRefusal(error: unknown): boolean {
  return refusals.has(statusOf(error) ?? 0) || (error instanceof Error && error.name === 'CredentialsProviderError');
}

function described(sizeBytes: number | undefined, modifiedAt: Date | undefined): Omit<S3Object, 'key'> {
  if (sizeBytes === undefined || modifiedAt === undefined) {
    throw new EarshotError('STORAGE_UNAVAILABLE', 'the answer lacks the size or the time of an object');
  }
  return { sizeBytes, modifiedAt };
}

/** The SDK itself tries again only what is in memory: a stream has to be opened anew. */
async function withTries<T>(send: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const status = statusOf(error);
      const isFinal = status !== null && status < 500 && status !== 408 && status !== 429;
      if (attempt === tries || isFinal || signal?.aborted) throw error;
      // Scattered: those that failed together would only meet again.
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * Math.random()));
    }
  }
}
