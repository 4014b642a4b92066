/** A body of which the beginning was read already. Whoever stops reading it ends its source, also before that is reached. */
export async function* continued(head: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    for (let chunk = head.shift(); chunk !== undefined; chunk = head.shift()) yield chunk; // what was written is held no more
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
