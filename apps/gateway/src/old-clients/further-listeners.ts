import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { boundConnections } from '../uploads/connections.js';

/** Serves the same on further ports, for clients that cannot change theirs. */
export async function listenFurther(handler: RequestListener, ports: readonly number[], host: string): Promise<Server[]> {
  const servers: Server[] = [];
  try {
    for (const port of ports) {
      const server = createServer(handler);
      boundConnections(server);
      servers.push(server);
      await once(server.listen(port, host), 'listening');
    }
    return servers;
  } catch (error) {
    await closeAll(servers);
    throw error;
  }
}

/** Ends when what is being answered has been. */
export async function closeAll(servers: readonly Server[]): Promise<void> {
  const listening = servers.filter((server) => server.listening);
  await Promise.all(
    listening.map((server) => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      return closed;
    }),
  );
}
