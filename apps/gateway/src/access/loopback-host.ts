/** Whether the value of a Host header names this machine itself: localhost, 127.0.0.1 or [::1], with or without a port. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}
