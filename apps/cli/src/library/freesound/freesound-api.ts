// The part of Freesound's API that is used here: https://freesound.org/docs/api/. Searching takes a key; previews are public, and are on
// another host, which does not get it.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { exitCodes } from '../../exit-codes.js';
import { refusal } from '../../kinds/server.js';
import { say } from '../../terminal.js';

const sound = z.object({
  id: z.int().positive(),
  name: z.string(),
  username: z.string(),
  license: z.string(),
  url: z.string(),
  tags: z.array(z.string()),
  duration: z.number(),
  previews: z.object({ 'preview-hq-mp3': z.url() }),
});
export type FreesoundSound = z.output<typeof sound>;

const searchPage = z.object({ next: z.string().nullable(), results: z.array(sound) });

/** Names of licences for a search, by what they are called here. */
const freesoundLicences = { cc0: 'Creative Commons 0', by: 'Attribution', 'by-nc': 'Attribution NonCommercial' } as const;
export type FreesoundLicence = keyof typeof freesoundLicences;

interface Search {
  terms: string;
  licences: readonly FreesoundLicence[];
  minSeconds: number;
  maxSeconds: number;
}

const pageSize = 150; // what the API allows at most
const tries = 5;
/** Where the answer does not say how long: its limit is per minute. */
const throttledSeconds = 60;
/** The daily limit is not waited for. */
const longestWaitSeconds = 300;
const timeoutMs = 60_000;

export class FreesoundApi {
  constructor(
    private readonly options: { url: string; key: string },
    private readonly pause: (ms: number) => Promise<unknown> = sleep,
  ) {}

  /** What is found, page by page; the best matches first. */
  async *search({ terms, licences, minSeconds, maxSeconds }: Search): AsyncGenerator<FreesoundSound> {
    const names = licences.map((licence) => `"${freesoundLicences[licence]}"`).join(' OR ');
    const query = new URLSearchParams({
      query: terms,
      filter: `duration:[${minSeconds} TO ${maxSeconds}] license:(${names})`,
      fields: 'id,name,username,license,url,tags,duration,previews',
      page_size: String(pageSize),
    });
    for (let next: string | null = `/apiv2/search/?${query}`; next !== null; ) {
      const page = searchPage.safeParse(await (await this.get(new URL(next, this.options.url))).json());
      if (!page.success) throw refusal(`Freesound answers what is not understood: ${page.error.issues[0]?.message}`, exitCodes.error);
      yield* page.data.results;
      next = page.data.next;
    }
  }

  /** The bytes of a sound as an MP3 of high quality. */
  download({ previews }: FreesoundSound): Promise<Response> {
    return this.get(new URL(previews['preview-hq-mp3']));
  }

  private async get(url: URL): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const asked = await this.ask(url);
      if ('response' in asked && asked.response.ok) return asked.response;
      const told = 'response' in asked ? `it answers ${asked.response.status}` : asked.cause;
      const waitSeconds = 'response' in asked ? secondsUntilTryingAgain(asked.response, attempt) : 2 ** attempt;
      if (waitSeconds === null || waitSeconds > longestWaitSeconds || attempt === tries) throw refusalOf(url, asked, told);
      if ('response' in asked) await asked.response.body?.cancel();
      say(`${url.host}: ${told}; trying again in ${waitSeconds} s`);
      await this.pause(waitSeconds * 1_000);
    }
  }

  private async ask(url: URL): Promise<Asked> {
    const isTold = url.origin === new URL(this.options.url).origin;
    const headers: Record<string, string> = isTold ? { authorization: `Token ${this.options.key}` } : {};
    try {
      return { response: await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs) }) };
    } catch (error) {
      return { cause: causeOf(error) };
    }
  }
}

/** What answered, or why nobody did. */
type Asked = { response: Response } | { cause: string };

/** Null where trying again does not help. */
function secondsUntilTryingAgain({ status, headers }: Response, attempt: number): number | null {
  if (status === 429) return retryAfterSeconds(headers.get('retry-after')) ?? throttledSeconds;
  return status >= 500 ? (retryAfterSeconds(headers.get('retry-after')) ?? 2 ** attempt) : null;
}

/** Of the header: seconds, or a date. */
function retryAfterSeconds(text: string | null): number | null {
  if (text === null) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1_000;
  return Number.isNaN(seconds) ? null : Math.max(1, Math.ceil(seconds));
}

function refusalOf(url: URL, asked: Asked, told: string): Error {
  if (!('response' in asked)) return refusal(`Nobody answers at ${url.host} (${told})`, exitCodes.unreachable);
  const { response } = asked;
  if (response.status === 401 || response.status === 403)
    return refusal(`Freesound does not accept the key in FREESOUND_API_KEY (${told})`, exitCodes.notAllowed);
  if (response.status === 429)
    return refusal(`Freesound's limit of requests is reached: the same command goes on later`, exitCodes.stillRunning);
  return refusal(`${url.host}${url.pathname}: ${told}`, response.status === 404 ? exitCodes.notFound : exitCodes.error);
}

function causeOf(error: unknown): string {
  const { cause, message } = Object(error);
  return String(Object(cause).code ?? message);
}
