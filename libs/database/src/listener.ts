import pg from 'pg';

interface ListenerOptions {
  url: string;
  applicationName: string;
  onError?: (error: unknown) => void;
  /** Called after a lost connection is back: what was told meanwhile was missed. */
  onReconnect?: () => void;
}

/** A connection of its own that hears NOTIFY, and comes back by itself. Not through a transaction-mode pooler. */
export class Listener {
  private readonly channels = new Map<string, Set<(payload: string) => void>>();
  private client: pg.Client | undefined;
  private closed = false;

  constructor(private readonly options: ListenerOptions) {}

  async start(): Promise<void> {
    await this.connect();
  }

  /** Calls `onPayload` for each NOTIFY on the channel, until the returned function is called. A connection lost over it listens once it is back. */
  async listen(channel: string, onPayload: (payload: string) => void): Promise<() => void> {
    const all = this.channels.get(channel) ?? new Set();
    this.channels.set(channel, all.add(onPayload));
    const { client } = this;
    await client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch((error: unknown) => {
      this.options.onError?.(error);
      void client.end(); // and another one, which listens to all channels
    });
    return () => void all.delete(onPayload);
  }

  get isConnected(): boolean {
    return this.client !== undefined;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.options.url,
      application_name: `${this.options.applicationName} listener`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000, // nobody waits for ever to listen; then the connection is another one
      keepAlive: true,
    });
    client.on('error', (error) => this.options.onError?.(error));
    client.on('end', () => {
      if (this.client !== client) return;
      this.client = undefined;
      if (!this.closed) void this.reconnect();
    });
    client.on('notification', ({ channel, payload }) => {
      for (const onPayload of this.channels.get(channel) ?? []) onPayload(payload ?? '');
    });
    await client.connect();
    try {
      for (const channel of this.channels.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      void client.end(); // a standby, for one, lets nobody listen
      throw error;
    }
    if (this.closed) void client.end();
    else this.client = client;
  }

  private async reconnect(): Promise<void> {
    while (!this.closed) {
      try {
        await this.connect();
        this.options.onReconnect?.();
        return;
      } catch (error) {
        this.options.onError?.(error);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
}
