import type { HelmetOptions } from 'helmet';

/** helmet's defaults, but for what the documentation pages need and what would break plain HTTP in a local network. */
export const securityHeaders: HelmetOptions = {
  contentSecurityPolicy: {
    directives: {
      'img-src': ["'self'", 'data:', 'blob:'],
      'media-src': ["'self'", 'blob:'], // the page at `/` plays what it was sent under a key
      'worker-src': ["'self'", 'blob:'], // ReDoc searches in a worker that it makes itself
      'upgrade-insecure-requests': null,
    },
  },
  strictTransportSecurity: false, // belongs to whoever ends TLS
};
