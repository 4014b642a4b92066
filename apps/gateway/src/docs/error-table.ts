/** One row of docs/errors.md. */
export interface ExplainedError {
  code: string;
  status: number;
  when: string;
  whatToDo: string;
}

/** The rows of the tables in docs/errors.md. */
export function explainedErrors(markdown: string): ExplainedError[] {
  const rows = markdown.matchAll(/^\| ([A-Z_]+) \| (\d{3}) \| (.+?) \| (.+?) \|$/gm);
  return [...rows].map(([, code = '', status, when = '', whatToDo = '']) => ({ code, status: Number(status), when, whatToDo }));
}
