/** A line of JSON, with figures to four digits: more would claim what one run cannot know. */
export function printLine(line: object): void {
  console.log(
    JSON.stringify(line, (_, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value,
    ),
  );
}
