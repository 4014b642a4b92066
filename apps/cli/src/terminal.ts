/** Data: what a script reads. Nothing else goes to standard output. */
export function printData(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Data whose line ends are its own. */
export function printRaw(text: string): void {
  process.stdout.write(text);
}

/** Progress, warnings and hints, for people. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Whether colours may be used on standard error: on a terminal, unless NO_COLOR is set or --no-color was given. */
export function hasColors(env: NodeJS.ProcessEnv, argv: readonly string[]): boolean {
  return process.stderr.isTTY === true && !env['NO_COLOR'] && !argv.includes('--no-color');
}

/** A reader that goes away (`earshot … | head`, a closed terminal) is no fault of ours. */
export function ignoreClosedOutputs(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
}
