import { InvalidArgumentError } from 'commander';

/** An argument or option that is a whole number from 1 up. */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('A number from 1.');
  return number;
}
