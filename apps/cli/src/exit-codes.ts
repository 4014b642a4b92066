/** What the `earshot` command ends with; docs/running.md explains them. */
export const exitCodes = {
  ok: 0,
  error: 1,
  usage: 2,
  someItemsFailed: 3,
  notAllowed: 4,
  notFound: 5,
  stillRunning: 6,
  unreachable: 7,
  badConfiguration: 78,
} as const;
