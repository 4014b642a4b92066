import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server on this machine. While it is cut nothing comes through, neither an answer nor an end: the other side just does not say anything. */
export class Relay {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private isCut = false;

  private constructor(private readonly targetPort: number) {
    this.server = createServer((client) => this.join(client));
  }

  static async start(targetPort: number): Promise<Relay> {
    const relay = new Relay(targetPort);
    relay.server.listen(0, '127.0.0.1');
    await once(relay.server, 'listening');
    return relay;
  }

  get url(): string {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The relay does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** Connections of the time before break; new ones come through. */
  mend(): void {
    this.isCut = false;
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.mend();
    await closed;
  }

  private join(client: Socket): void {
    this.hold(client);
    if (this.isCut) return;
    const target = this.hold(connect(this.targetPort, '127.0.0.1'));
    client.pipe(target);
    target.pipe(client);
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const)
      socket.once('close', () => this.isCut || other.destroy());
  }

  private hold(socket: Socket): Socket {
    this.sockets.add(socket);
    socket.on('error', () => undefined); // what comes after it is its close
    return socket.once('close', () => this.sockets.delete(socket));
  }
}
