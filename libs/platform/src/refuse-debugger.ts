/** Whoever may signal a process makes Node listen for a debugger by SIGUSR1, to which all of the process is open, unless it is heard here. */
export function refuseDebugger(): void {
  process.on('SIGUSR1', () => undefined);
}
