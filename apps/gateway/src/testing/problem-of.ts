import { type Problem, problem } from '@earshot/contracts';

/** The problem document of an answer; fails when it is not one, or does not fit its own status. */
export async function problemOf(response: Response): Promise<Problem & Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const document = problem.loose().parse(await response.json());
  expect(document.status).toBe(response.status);
  expect(document.type).toBe(`urn:earshot:problem:${document.code}`);
  expect(document.help).toBe(`/docs/errors#${document.code}`);
  expect(document.requestId).toBe(response.headers.get('x-request-id'));
  return document;
}
