// Whether the server is there: asked now and then, sooner while it is not, and at once when a request comes to nothing.
import { Shared, useShared } from '../shared.js';

export interface ServerState {
  /** `unready`: it answers, and something that it needs does not. */
  is: 'there' | 'unready' | 'away' | 'offline';
  /** When it last gave what was asked for. */
  heardAtMs: number;
}

const everyMs = 15_000;
const everyWhileAwayMs = 2_000;
/** A server that stands still is as good as away. */
const patienceMs = 15_000;

const server = new Shared<ServerState>({ is: 'there', heardAtMs: Date.now() });
let timer: ReturnType<typeof setTimeout> | undefined;
let asking: Promise<void> | null = null;
const returns = new Set<() => void>();

export function useServer(): ServerState {
  return useShared(server);
}

/** Calls back whenever the server is there again, until it is told not to. */
export function onReturn(listener: () => void): () => void {
  returns.add(listener);
  return () => void returns.delete(listener);
}

/** Waits until the server is there; not at all where it is. */
export async function untilThere(): Promise<void> {
  await ask();
  if (server.value.is === 'there') return;
  await new Promise<void>((resolve) => {
    const end = onReturn(() => {
      end();
      resolve();
    });
  });
}

/** Asks whether the server is there now; those who ask together share the answer. */
export async function isThere(): Promise<boolean> {
  await ask();
  return server.value.is === 'there';
}

/** A request was answered. That it is back is believed when it says so itself: something before it may have answered. */
export function wasAnswered(): void {
  if (server.value.is === 'there') server.value.heardAtMs = Date.now();
  else void ask();
}

/** Begins to watch; once, when the page starts. */
export function watchServer(): void {
  addEventListener('online', () => void ask());
  addEventListener('offline', () => void ask());
  document.addEventListener('visibilitychange', () => document.hidden || void ask());
  void ask();
}

function ask(): Promise<void> {
  asking ??= askOnce().finally(() => {
    asking = null;
  });
  return asking;
}

async function askOnce(): Promise<void> {
  clearTimeout(timer);
  become(await stateOfServer());
  timer = setTimeout(() => (document.hidden ? undefined : void ask()), server.value.is === 'there' ? everyMs : everyWhileAwayMs);
}

async function stateOfServer(): Promise<ServerState['is']> {
  try {
    const response = await fetch('/readyz', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
    const { status }: { status: string } = await response.json();
    return status === 'ready' || status === 'degraded' ? 'there' : 'unready';
  } catch {
    return navigator.onLine ? 'away' : 'offline';
  }
}

function become(is: ServerState['is']): void {
  const heardAtMs = is === 'there' ? Date.now() : server.value.heardAtMs;
  if (server.value.is === is) {
    server.value.heardAtMs = heardAtMs;
    return;
  }
  server.become({ is, heardAtMs });
  if (is === 'there') for (const listener of [...returns]) listener();
}
