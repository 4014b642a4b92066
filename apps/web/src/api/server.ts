// Whether the server is there: asked now and then, sooner while it is away, and told by every request that fails or succeeds.
import { useSyncExternalStore } from 'react';

export interface ServerState {
  is: 'there' | 'away' | 'offline';
  /** When it was last heard of. */
  heardAtMs: number;
  /** Names of the checks that fail: what works less than it should. */
  degraded: readonly string[];
}

const everyMs = 15_000;
const everyWhileAwayMs = 2_000;

let state: ServerState = { is: 'there', heardAtMs: Date.now(), degraded: [] };
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const returns = new Set<() => void>();

export function useServer(): ServerState {
  return useSyncExternalStore(subscribe, () => state);
}

/** Calls back whenever the server is there again. */
export function onReturn(listener: () => void): void {
  returns.add(listener);
}

export function serverIsAway(): void {
  become({ ...state, is: navigator.onLine ? 'away' : 'offline' });
}

export function serverIsThere(degraded = state.degraded): void {
  become({ is: 'there', heardAtMs: Date.now(), degraded });
}

/** Begins to watch; once, when the page starts. */
export function watchServer(): void {
  addEventListener('online', () => void ask());
  addEventListener('offline', serverIsAway);
  document.addEventListener('visibilitychange', () => document.hidden || void ask());
  void ask();
}

async function ask(): Promise<void> {
  clearTimeout(timer);
  try {
    const response = await fetch('/readyz', { cache: 'no-store' });
    const { status, checks = {} }: { status: string; checks?: Record<string, { status: string }> } = await response.json();
    const failing = Object.keys(checks).filter((name) => checks[name]?.status !== 'ok');
    if (status === 'ready' || status === 'degraded') serverIsThere(failing);
    else serverIsAway();
  } catch {
    serverIsAway();
  }
  timer = setTimeout(() => (document.hidden ? undefined : void ask()), state.is === 'there' ? everyMs : everyWhileAwayMs);
}

function become(next: ServerState): void {
  const isBack = state.is !== 'there' && next.is === 'there';
  const hasGone = state.is === 'there' && next.is !== 'there';
  const isToTell = isBack || state.is !== next.is || state.degraded.join() !== next.degraded.join();
  state = isToTell ? next : Object.assign(state, { heardAtMs: next.heardAtMs });
  if (isToTell) for (const listener of listeners) listener();
  if (isBack) for (const listener of returns) listener();
  if (hasGone && timer !== undefined) {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), everyWhileAwayMs);
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
