import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { Place } from '../confinement/confined-command.js';
import { LentFiles } from '../confinement/lent-files.js';
import { makePlace, removePlace } from '../confinement/place.js';
import type { Call } from './call.js';
import { type ProcessOptions, startProcess, whenGone } from './child-process.js';
import { FrameReader, frameOf } from './frames.js';
import { type Limits, outputValuesOf } from './function-table.js';
import { killGroup } from './kill-group.js';
import {
  type CallMessage,
  type FromChild,
  fromChild,
  largestMessageBytes,
  mostMessageValues,
  type Reply,
  resultFile,
  type ToChild,
} from './messages.js';
import { readResultFile } from './read-result.js';

/** A call as one child has it: `call` is null once nobody waits for this child's answer any more. */
export interface Turn {
  readonly id: number;
  readonly name: string;
  readonly limits: Limits;
  call: Call | null;
  /** Whether ffmpeg was asked for, which is done once at most. */
  hasAsked: boolean;
}

export interface ChildOptions extends ProcessOptions {
  home: string | undefined;
}

export interface ChildEvents {
  onReady(child: Child): void;
  /** `call` is null when it was taken back before its answer came. */
  onReply(child: Child, reply: Reply, call: Call | null): void;
  /** It said what no child of ours says. */
  onLie(child: Child, lie: unknown): void;
  /** The process has gone and everything it said has been heard. */
  onEnd(child: Child, how: string): void;
}

const keptStderrChars = 2000;
const mostStderrChars = 1_000_000;

/** One child process, the leader of its own process group, and the calls it was sent: it works on the first of them. */
export class Child {
  ready = false;
  killed = false;
  completed = 0;
  /** As last seen from outside while it worked. */
  residentMb = 0;
  readonly startedAtMs = performance.now();
  /** When the turn of the first call came, by the clock of `performance.now()`. */
  turnStartedAtMs = 0;
  /** Resolves when the process has gone and its folders too. */
  readonly ended: Promise<void>;
  private readonly sent: Turn[] = [];
  /** Turns have numbers of their own: a call that was taken back may come again before the child has answered that it dropped it. */
  private lastTurn = 0;
  readonly place: Place;
  private readonly lent: LentFiles;
  private readonly process: ChildProcess;
  private readonly channel: Socket;
  private readonly starterInput: Writable;
  /** Between asking the starter for ffmpeg and its answer. */
  private isStarting = false;
  private stderrTail = '';
  private stderrChars = 0;

  constructor(
    options: ChildOptions,
    private readonly events: ChildEvents,
  ) {
    this.place = makePlace(options.confinement.has, options.home);
    this.lent = new LentFiles(this.place);
    const started = startProcess(this.place, options);
    this.process = started.process;
    this.channel = started.channel;
    this.starterInput = started.starterInput;
    this.listen();
    this.letParentExit();
    this.ended = whenGone(started)
      .then((how) => events.onEnd(this, how))
      .finally(() => removePlace(this.place));
  }

  /** What it was sent and has not answered. */
  get load(): number {
    return this.sent.length;
  }

  /** What it works on. */
  get turn(): Turn | null {
    return this.sent[0] ?? null;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** The last it wrote to its standard error. */
  get lastWords(): string {
    return this.stderrTail.trim();
  }

  send(calls: readonly Call[]): void {
    if (this.sent.length === 0) this.turnStartedAtMs = performance.now();
    const messages = calls.flatMap((call) => this.messageOf(call) ?? []);
    if (messages.length > 0) this.post({ kind: 'calls', calls: messages });
  }

  /** Null where its files cannot be lent: then it fails, and is not sent. */
  private messageOf(call: Call): CallMessage | null {
    const { name, limits } = call;
    const id = ++this.lastTurn;
    try {
      const input = call.inputFor((path) => this.lent.lend(id, path));
      this.sent.push({ id, name, limits, call, hasAsked: false });
      return { id, name, input, outputBytes: limits.outputBytes, outputValues: outputValuesOf(limits) };
    } catch (error) {
      this.lent.takeBack(id);
      call.reject(error);
      return null;
    }
  }

  /** Gives up waiting for a call that waits behind the current one. */
  drop(call: Call): void {
    const sent = this.sent.find((other) => other.call === call);
    if (!sent) return;
    sent.call = null;
    this.post({ kind: 'drop', ids: [sent.id] });
  }

  /** Takes back everything that waits behind the current call. */
  takeBackWaiting(): Call[] {
    const turns = this.sent.slice(1).filter(({ call }) => call !== null);
    const waiting = turns.flatMap(({ call }) => call ?? []);
    for (const turn of turns) turn.call = null;
    if (turns.length > 0) this.post({ kind: 'drop', ids: turns.map(({ id }) => id) });
    return waiting;
  }

  /** Ends the process and its programs at once, and hands out what it had: the current call first. Nothing it still says is heard. */
  kill(): Call[] {
    this.killed = true;
    if (this.pid !== undefined) killGroup(this.pid);
    return this.takeAll();
  }

  takeAll(): Call[] {
    return this.sent.splice(0).flatMap(({ call }) => call ?? []);
  }

  /** What a call's result is made of, wherever the child was to put it. */
  async resultOf(reply: Extract<Reply, { kind: 'result' | 'file' }>, { outputBytes }: Limits): Promise<Uint8Array> {
    if (reply.kind === 'result') return reply.bytes;
    return readResultFile(resultFile(this.place.own, reply.id), outputBytes);
  }

  /** While a child is waited for, it keeps the parent running. */
  holdParent(): void {
    this.process.ref();
    this.channel.ref();
  }

  /** An idle pool does not keep its parent running; what is under way is held by the pool's own timer. */
  private letParentExit(): void {
    this.process.unref();
    for (const stream of this.process.stdio) if (stream instanceof Socket) stream.unref();
  }

  private listen(): void {
    const messages = new FrameReader(largestMessageBytes, mostMessageValues);
    this.channel.on('data', (piece: Buffer) => {
      if (this.killed) return; // also what somebody still sends who has got away is not kept
      try {
        for (const message of messages.read(piece)) {
          if (this.killed) return;
          this.hear(fromChild.parse(message));
        }
      } catch (error) {
        this.blame(error);
      }
    });
    this.channel.on('error', () => {}); // the process is ending, which is told by its exit
    this.starterInput.on('error', () => {});
    this.process.stdout?.on('data', (bytes: Buffer) => this.hearStarter(bytes.length));
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderrTail = (this.stderrTail + text).slice(-keptStderrChars);
      this.stderrChars += text.length;
      if (this.stderrChars > mostStderrChars) this.blame(new Error('it floods its standard error'));
    });
  }

  private hear(message: FromChild): void {
    if (message.kind === 'ready') {
      if (this.ready) throw new Error('it is ready twice');
      this.ready = true;
      this.events.onReady(this);
    } else if (message.kind === 'decode') {
      this.startFfmpeg(message.path);
    } else {
      this.hearReply(message);
    }
  }

  private hearReply(reply: Reply): void {
    const place = this.sent.findIndex(({ id }) => id === reply.id);
    const answered = this.sent[place];
    // Only what is dropped may overtake.
    if (answered === undefined || (place > 0 && reply.kind !== 'dropped')) throw new Error(`it answers call ${reply.id} out of turn`);
    this.sent.splice(place, 1);
    this.lent.takeBack(reply.id);
    if (place === 0) this.turnStartedAtMs = performance.now();
    if (reply.kind !== 'dropped') this.completed++;
    this.events.onReply(this, reply, answered.call);
  }

  private startFfmpeg(path: string): void {
    const { turn } = this;
    if (turn === null || turn.hasAsked || !this.lent.has(turn.id, path))
      throw new Error('it asks for a file to be decoded that it was not lent');
    turn.hasAsked = true;
    this.isStarting = true;
    this.starterInput.write(`${turn.id} ${path}\n`);
  }

  /** The starter says by a byte that ffmpeg has begun. */
  private hearStarter(bytes: number): void {
    if (this.killed) return;
    const isAnswer = this.isStarting && bytes === 1;
    this.isStarting = false;
    if (isAnswer) this.post({ kind: 'decoding' });
    else this.blame(new Error('its starter speaks without being asked'));
  }

  private blame(lie: unknown): void {
    if (!this.killed) this.events.onLie(this, lie);
  }

  private post(message: ToChild): void {
    // An error here means that the process is ending, which is told by its exit.
    this.channel.write(frameOf(message), () => {});
  }
}
