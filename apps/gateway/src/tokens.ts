/** Names under which Nest hands out what has no class of its own. */
export const WORKSPACE = Symbol('Workspace');
export const BODY_LIMITS = Symbol('BodyLimits');
export const OLD_CLIENT_SETTINGS = Symbol('OldClientSettings');
