import type { ChildProcess } from 'node:child_process';

const mostLines = 20;

/** Hears what a server says on standard error, keeps the last lines for when it does not start, and tells when it is gone. */
export function watchServer(server: ChildProcess, onLine: (line: string) => void): { lastLines: string[]; exited: Promise<void> } {
  const lastLines: string[] = [];
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) {
      lastLines.push(line);
      if (lastLines.length > mostLines) lastLines.shift();
      onLine(line);
    }
  });
  const exited = new Promise<void>((ended) => {
    server.once('close', () => ended());
    server.once('error', ({ message }) => {
      lastLines.push(message);
      ended();
    });
  });
  return { lastLines, exited };
}
