import type { EarshotError } from '@earshot/contracts';
import type { Response } from 'express';

/** What a route answers, as a value: `writeAnswer` alone makes HTTP of it. */
export interface Answer<Value = unknown> {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body: Body<Value>;
}

export type Body<Value> =
  /** With `isTagged` it carries a tag of its content, and whoever has that gets 304. */
  | { readonly json: Value; readonly isTagged?: boolean }
  | { readonly problem: EarshotError }
  | { readonly bytes: Uint8Array; readonly type: string }
  /** Opened only when it is to be sent. */
  | { readonly stream: () => AsyncIterable<string | Uint8Array> | Promise<AsyncIterable<string | Uint8Array>>; readonly type: string }
  /** Written to by somebody else from now on, for as long as the client listens. */
  | { readonly listener: (response: Response) => void; readonly type: string }
  | null;

export function ok<Value>(json: Value, headers?: Answer['headers']): Answer<Value> {
  return { status: 200, headers, body: { json } };
}

export function nothing(status: 204, headers?: Answer['headers']): Answer<never> {
  return { status, headers, body: null };
}

export function failed(problem: EarshotError, headers?: Answer['headers']): Answer<never> {
  return { status: problem.spec.status, headers, body: { problem } };
}

export function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'status' in value && 'body' in value;
}
