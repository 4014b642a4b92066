import { kinds } from '@earshot/contracts';
import { examplesOf } from '../docs/examples.js';
import { Conformance } from './conformance.js';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const url = new URL('http://localhost/api/v1/jobs/019aa5c4-3a07-7c55-8e21-94d3b7a6f150');

describe('an answer', () => {
  let conformance: Conformance;
  const { Job: job } = examplesOf(kinds);
  beforeAll(async () => {
    conformance = await Conformance.withDocument();
  });

  it('conforms when it is what the document says', () => conformance.check('GET', url, answer(200, job)));

  it.each<[string, Response, RegExp]>([
    ['a member of another type', answer(200, { ...Object(job), metadata: 3 }), /metadata must be object/],
    ['a kind that is none', answer(200, { ...Object(job), kind: 'guess' }), /must be equal to constant/],
    ['the stage of another kind', answer(200, { ...Object(job), stage: 'clips.features' }), /stage must be equal to one of/],
    ['a status of its own', answer(418, {}), /418 is in no document/],
    ['another type', answer(200, job, { 'content-type': 'text/plain' }), /text\/plain, which is in no document/],
    ['a header of its own', answer(200, job, { location: '/' }), /header location/],
  ])('does not with %s', async (_what, response, message) => {
    await expect(conformance.check('GET', url, response)).rejects.toThrow(message);
  });
});
