import { type JobResource, jobResource, problem } from '@earshot/contracts';
import { exitCodes } from '../exit-codes.js';

/** A request that came to nothing, and the exit code that says so. */
class Refusal extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

/** The same of another server. */
export function refusal(message: string, exitCode: number): Error {
  return new Refusal(message, exitCode);
}

export function isRefusal(error: unknown): error is Error & { exitCode: number } {
  return error instanceof Refusal;
}

/** A running Earshot: the one at EARSHOT_URL, with the key in EARSHOT_API_KEY. */
export class Server {
  private readonly url: string;
  private readonly key: string | undefined;

  constructor(env: NodeJS.ProcessEnv) {
    this.url = env['EARSHOT_URL'] ?? 'http://127.0.0.1:8000';
    this.key = env['EARSHOT_API_KEY'];
  }

  async post(path: string, body: FormData | object): Promise<JobResource> {
    const isForm = body instanceof FormData;
    const headers: Record<string, string> = isForm ? {} : { 'content-type': 'application/json' };
    const response = await this.request(path, { method: 'POST', headers, body: isForm ? body : JSON.stringify(body) });
    return jobResource.parse(await response.json());
  }

  async job(path: string, signal?: AbortSignal): Promise<JobResource> {
    return jobResource.parse(await (await this.request(path, { signal })).json());
  }

  async cancel(path: string): Promise<JobResource> {
    return jobResource.parse(await (await this.request(path, { method: 'POST' })).json());
  }

  /** A POST without a body. */
  async send(path: string): Promise<void> {
    await this.request(path, { method: 'POST' });
  }

  /** A POST whose answer is no job. */
  async postJson(path: string, body?: object): Promise<unknown> {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    return (await this.request(path, { method: 'POST', headers, body: body && JSON.stringify(body) })).json();
  }

  /** Whether there is something. */
  async has(path: string): Promise<boolean> {
    try {
      await this.request(path);
      return true;
    } catch (error) {
      if (isRefusal(error) && error.exitCode === exitCodes.notFound) return false;
      throw error;
    }
  }

  async json(path: string): Promise<unknown> {
    return (await this.request(path)).json();
  }

  async text(path: string, accept: string): Promise<string> {
    return (await this.request(path, { headers: { accept } })).text();
  }

  /** Any request; what the server refuses is a Refusal with its exit code. */
  async request(
    path: string,
    { headers: sent, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const headers = { ...sent, ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }) };
    const response = await fetch(new URL(path, this.url), { ...init, headers }).catch((error: Error) => {
      throw new Refusal(
        `Nobody answers at ${this.url} (${causeOf(error)}); start it with npm start, or set EARSHOT_URL`,
        exitCodes.unreachable,
      );
    });
    if (response.ok) return response;
    const told = problem.safeParse(await response.json().catch(() => null));
    const message = told.success ? `${told.data.code}: ${told.data.detail}` : `${this.url} answers ${response.status}`;
    throw new Refusal(message, exitCodeOfStatus(response.status));
  }
}

function causeOf({ cause, message }: Error): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : message;
}

function exitCodeOfStatus(status: number): number {
  if (status === 401 || status === 403) return exitCodes.notAllowed;
  return status === 404 ? exitCodes.notFound : exitCodes.error;
}
