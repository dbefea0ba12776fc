import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A proxy to a database whose connections can be closed, blocked and restored. */
export interface BreakableConnection {
  readonly databaseUrl: string;
  /** Closes every connection and accepts no new ones. */
  cut(): Promise<void>;
  /** Silently drops all data, and leaves connections open that one side ends. */
  block(): void;
  mend(): Promise<void>;
}

export async function breakableConnection(databaseUrl: string): Promise<BreakableConnection> {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isBlocked = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: Number(port || 5432), host: hostname, allowHalfOpen: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => isBlocked || to.write(bytes));
      from.on("end", () => isBlocked || to.end());
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const listen = async (at: number) => {
    server.listen(at, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The proxy has no port.");

  const broken = new URL(databaseUrl);
  broken.host = `127.0.0.1:${address.port}`;
  return {
    databaseUrl: broken.href,
    async cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
    block() {
      isBlocked = true;
    },
    async mend() {
      isBlocked = false;
      for (const socket of sockets) socket.destroy();
      if (!server.listening) await listen(address.port);
    },
  };
}
