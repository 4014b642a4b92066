import type { Call } from './call.js';
import { FairQueue } from './fair-queue.js';
import { type Dealt, Turns } from './turns.js';

const callOf = (group: string): Call => ({
  name: 'describe',
  group,
  inputFor: () => null,
  limits: { wallClockMs: 1, memoryMb: 1, outputBytes: 1 },
  resolve() {},
  reject() {},
});

class FakeChild implements Dealt {
  readonly sent: Call[] = [];
  turnStartedAtMs = performance.now();

  constructor(public ready = true) {}

  get load(): number {
    return this.sent.length;
  }

  get turn() {
    const [call] = this.sent;
    return call === undefined ? null : { id: 0, name: call.name, limits: call.limits, call, hasAsked: false };
  }

  send(calls: readonly Call[]): void {
    this.sent.push(...calls);
  }

  takeBackWaiting(): Call[] {
    return this.sent.splice(1);
  }
}

function turnsOf(...fakes: FakeChild[]) {
  const queue = new FairQueue();
  const starts = { isHopeful: true };
  const options = { most: fakes.length - 1, spare: 1, isWorn: () => false, isStartHopeful: () => starts.isHopeful };
  return { queue, starts, turns: new Turns(queue, new Set(fakes), options) };
}

/** A thousand other groups have had a long call since. */
function forgetLong(turns: Turns<FakeChild>, child: FakeChild): void {
  for (let n = 0; n < 1_000; n++) {
    child.sent.splice(0, 1, callOf(`other ${n}`));
    child.turnStartedAtMs = performance.now() - 1_000;
    turns.takeBack();
  }
  child.sent.splice(0);
}

it('goes on where the only ones that wait have to leave the last child to others, however long ago theirs cost one', () => {
  const [ready, starting] = [new FakeChild(), new FakeChild(false)];
  const { queue, turns } = turnsOf(ready, starting);
  turns.hasCost('greedy');
  forgetLong(turns, ready);
  for (let n = 0; n < 3; n++) queue.push(callOf('greedy'));
  turns.deal();
  expect(ready.sent).toEqual([]);
  starting.ready = true;
  turns.deal();
  expect([...ready.sent, ...starting.sent].map(({ group }) => group)).toEqual(['greedy']); // alone in its message
});

it('has a call of a group that took long before by itself', () => {
  const child = new FakeChild();
  const { queue, turns } = turnsOf(child, new FakeChild());
  child.sent.push(callOf('slow'));
  child.turnStartedAtMs = performance.now() - 1_000;
  turns.takeBack();
  child.sent.splice(0);
  for (const group of ['slow', 'quick', 'quick']) queue.push(callOf(group));
  turns.deal();
  expect(child.sent.map(({ group }) => group)).toEqual(['slow']);
});

it('lets nobody wait to see that those take long who did before', () => {
  const [first, second, spare] = [new FakeChild(), new FakeChild(), new FakeChild()];
  const { queue, turns } = turnsOf(first, second, spare);
  first.sent.push(callOf('greedy'));
  first.turnStartedAtMs = performance.now() - 1_000;
  turns.takeBack();
  first.sent.splice(0);
  for (const group of ['greedy', 'greedy', 'greedy', 'modest']) queue.push(callOf(group));
  for (const child of [first, second]) child.turnStartedAtMs = performance.now(); // theirs have only begun
  turns.deal();
  expect([first, second, spare].map(({ sent }) => sent.map(({ group }) => group))).toEqual([['greedy'], ['modest'], []]);
  second.sent.splice(0);
  turns.deal();
  queue.push(callOf('modest'));
  turns.deal();
  expect([first, second, spare].map(({ sent }) => sent.map(({ group }) => group))).toEqual([['greedy'], ['greedy'], ['modest']]);
});

it('sends the last child what has cost one, where no other gets ready', () => {
  const [ready, starting] = [new FakeChild(), new FakeChild(false)];
  const { queue, starts, turns } = turnsOf(ready, starting);
  turns.hasCost('costly');
  queue.push(callOf('costly'));
  turns.deal();
  expect(ready.sent).toEqual([]);
  starts.isHopeful = false;
  turns.deal();
  expect(ready.sent).toHaveLength(1);
});

it('lets nobody pass for ever who was taken back from behind long calls', () => {
  const child = new FakeChild();
  const queue = new FairQueue();
  const turns = new Turns(queue, new Set([child]), { most: 1, spare: 0, isWorn: () => false, isStartHopeful: () => true });
  queue.push(callOf('long 0'));
  queue.push(callOf('patient'));
  const begun: (string | undefined)[] = [];
  for (let n = 1; n <= 5; n++) {
    turns.deal();
    begun.push(child.turn?.call.group);
    queue.push(callOf(`long ${n}`));
    child.turnStartedAtMs = performance.now() - 1_000;
    turns.takeBack();
    child.sent.shift();
  }
  expect(begun.slice(0, 2)).toEqual(['long 0', 'patient']);
});
