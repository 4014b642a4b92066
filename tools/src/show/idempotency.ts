// npm run show -- idempotency [--quick]
// A hundred equal requests under one Idempotency-Key to two gateways, one of which is killed meanwhile: one job, one answer.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DrillOffice } from '../chaos/drill/drill-office.js';
import { type PostedUpload, postUpload, Unanswered } from '../chaos/load/post-upload.js';
import { Stack } from '../chaos/stack/stack.js';
import { printLine } from '../print-line.js';
import { Random } from '../random.js';

const requestsPerRound = 100;
/** About as long as two idle processors need for all answers. */
const killWithinMs = 140;
/** Who is refused for longer than this is told so: a gateway that takes nothing has shown nothing. */
const refusedForMs = 60_000;

interface Round {
  answers: PostedUpload[];
  /** Requests whose gateway was killed under them. Like those that found none, they were sent again to the other one. */
  connectionsLost: number;
  /** Requests that a busy gateway refused, and that came again when it said. */
  refused: number;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { quick: { type: 'boolean' } } });
  const rounds = values.quick ? 3 : 20;
  const random = new Random(1);
  const stack = await Stack.start({ doorbell: 'notify', gateways: 2, extractors: 1, drillWorkers: 0 });
  const office = await DrillOffice.open(stack.postgres.url);
  const violations: string[] = [];
  let connectionsLost = 0;
  let withoutLoss = 0;
  try {
    for (let n = 0; n < rounds; n++) {
      await Promise.all(stack.gateways.map((gateway) => gateway.whenReady()));
      const round = await postRound(stack, n, random.between(0, killWithinMs));
      connectionsLost += round.connectionsLost;
      if (round.connectionsLost === 0) withoutLoss += 1;
      const faults = await faultsOf(office, n, round);
      violations.push(...faults.map((fault) => `round ${n}: ${fault}`));
      printLine({ round: n, ...figuresOf(round), faults });
    }
    if (withoutLoss > rounds / 2)
      violations.push(`in ${withoutLoss} of ${rounds} rounds no kill took a request with it: too little was tried`);
    if (stack.unexpectedEnds.length > 0) violations.push(`services ended by themselves: ${JSON.stringify(stack.unexpectedEnds)}`);
    const verdict = violations.length === 0 ? 'ok' : 'broken';
    printLine({ rounds, requests: rounds * requestsPerRound, connectionsLost, verdict, violations });
    process.exitCode = violations.length === 0 ? 0 : 1;
  } finally {
    await office.close();
    await stack.close();
  }
}

/** One of the gateways is killed so long after the first request: all wait for the same job, and are answered within a moment. */
async function postRound({ gateways }: Stack, n: number, killAfterMs: number): Promise<Round> {
  const startMs = performance.now();
  let [connectionsLost, refused] = [0, 0];
  const post = async (request: number): Promise<PostedUpload> => {
    for (let gateway = request % 2; ; gateway = 1 - gateway) {
      const answer = await postUpload(gateways[gateway]?.options.url ?? '', n, { key: `round ${n}` });
      if (answer instanceof Unanswered) {
        if (answer.wasUnderWay) connectionsLost += 1;
        await sleep(20);
      } else if (answer.retryAfterMs !== null && performance.now() - startMs < refusedForMs) {
        refused += 1;
        await sleep(Math.max(20, answer.retryAfterMs));
      } else {
        return answer;
      }
    }
  };
  const posted = Array.from({ length: requestsPerRound }, (_, request) => post(request));
  await sleep(killAfterMs);
  gateways[n % 2]?.kill();
  const answers = await Promise.all(posted);
  return { answers, connectionsLost, refused };
}

/** The first answer may have been lost with its gateway: then all that arrived are replays. */
async function faultsOf({ database }: DrillOffice, n: number, round: Round): Promise<string[]> {
  const { connectionsLost } = round;
  const text = `select count(distinct c.id)::int as clips, count(distinct i.job_id)::int as jobs from clip c left join item i on i.clip_id = c.id where c.filename = $1`;
  const [made] = await database.run<{ clips: number; jobs: number }>({ name: 'made', text }, [`clip-${n}.wav`]);
  const { statuses, bodies, firsts } = figuresOf(round);
  return [
    ...(made?.jobs === 1 && made.clips === 1 ? [] : [`${made?.jobs} jobs and ${made?.clips} clips were made`]),
    ...(statuses.length === 1 && statuses[0] === 202 ? [] : [`the answers have the status ${statuses.join(', ')}`]),
    ...(bodies === 1 ? [] : [`there are ${bodies} different answers`]),
    ...(firsts === 1 || (firsts === 0 && connectionsLost > 0) ? [] : [`${firsts} answers say that they are no replay`]),
  ];
}

function figuresOf({ answers, connectionsLost, refused }: Round) {
  return {
    answers: answers.length,
    statuses: [...new Set(answers.map(({ status }) => status))],
    bodies: new Set(answers.map(({ body }) => body)).size,
    firsts: answers.filter(({ isReplayed }) => !isReplayed).length,
    connectionsLost,
    refused,
  };
}
