export { gatewaySettings as settings } from './config.js';
export { openApiDocument } from './docs/openapi-document.js';
export { start } from './start.js';
export type { KindRules } from './work/kind-rules.js';
export { Kinds } from './work/kinds.js';
