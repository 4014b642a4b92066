/** Makes a table at its first use and keeps the `limit` most recently made: profiles come from users, so keys have no end. */
export function once<K extends string | number, V>(limit: number, make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = make(key);
      made.set(key, value);
      const [oldest] = made.keys();
      if (made.size > limit && oldest !== undefined) made.delete(oldest);
    }
    return value;
  };
}
