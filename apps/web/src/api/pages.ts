interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The items of all pages of a list, up to `most` of them. */
export async function pagesOf<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>, most: number): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < most);
  return items.slice(0, most);
}
