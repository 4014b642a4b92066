/** The code of a system error (`EEXIST`) or of one that PostgreSQL reports (`57P03`). */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: Node's own errors are of another realm in tests.
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
