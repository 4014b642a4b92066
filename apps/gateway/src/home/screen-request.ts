import type { Request } from 'express';
import { hasRoute } from '../problems/methods-of.js';

/** Addresses under which a browser that asks for a page is told what is wrong, and is not shown the web app. */
const notOfTheApp = /^\/(api|docs|redoc|home|assets|icons)(\/|$)|\/\./;

/**
 * Whether a person has come by the address of a screen of the web app: a page is asked for, and nothing else is served there. Its router
 * lives in the browser, so that the gateway knows no list of screens.
 */
export function isForScreen(request: Request): boolean {
  const { method, path } = request;
  if (method !== 'GET' && method !== 'HEAD') return false;
  return request.accepts(['json', 'html']) === 'html' && !notOfTheApp.test(path) && !hasRoute(request);
}
