import type { HelmetOptions } from 'helmet';

/** helmet's defaults, nothing from elsewhere, and but for what the documentation pages need and what would break plain HTTP in a local network. */
export const securityHeaders: HelmetOptions = {
  contentSecurityPolicy: {
    directives: {
      'img-src': ["'self'", 'data:', 'blob:'],
      'media-src': ["'self'", 'blob:'], // the web app plays what it was sent under a key, and what was recorded in it
      'style-src': ["'self'", "'unsafe-inline'"], // Radix, the player and the documentation pages write style elements
      'font-src': ["'self'", 'data:'],
      'worker-src': ["'self'", 'blob:'], // ReDoc searches in a worker that it makes itself
      'upgrade-insecure-requests': null,
    },
  },
  strictTransportSecurity: false, // belongs to whoever ends TLS
};
