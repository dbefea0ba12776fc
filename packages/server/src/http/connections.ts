import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { nextTick } from "node:process";
import { clearTimeout, setImmediate, setTimeout } from "node:timers";
import type { Settings } from "../configuration/settings.ts";
import { clientAddress, trustOf } from "./checks/client-address.ts";

/** How long a client may take to read the last bytes and to close its side of a connection, in milliseconds. */
const LINGER_MS = 1000;

/** A request that waits until the previous one on its connection has its response. */
interface WaitingRequest {
  readonly response: ServerResponse;
  readonly begin: () => void;
}

/** Limits the connections of a server, and serves one request at a time on each of them. */
export class Connections {
  #limits: Settings["limits"];
  readonly #isTrusted: (address: string) => boolean;
  readonly #open = new Set<Socket>();
  readonly #openByAddress = new Map<string, number>();
  /** The requests that wait on each connection that has a request under way. */
  readonly #waiting = new WeakMap<Socket, WaitingRequest[]>();
  #isClosing = false;

  constructor({ limits, trustedProxies }: Pick<Settings, "limits" | "trustedProxies">) {
    this.#limits = limits;
    this.#isTrusted = trustOf(trustedProxies);
  }

  /** Closes connections over the limits as soon as they are accepted. */
  limit(server: Server): void {
    this.reload(this.#limits, server);
    server.on("connection", (socket: Socket) => {
      this.#open.add(socket);
      socket.once("close", () => this.#open.delete(socket));
      this.#limitAddress(socket);
    });
  }

  /** Replaces the limits. Connections that are open stay open, and count. */
  reload(limits: Settings["limits"], server: Server): void {
    this.#limits = limits;
    server.maxConnections = limits.connections ?? Number.POSITIVE_INFINITY;
  }

  /**
   * Begins a request once no other is under way on its connection. Node.js would handle all pipelined requests at once, and a few clients
   * that pipeline would delay all others.
   */
  takeTurn({ socket }: IncomingMessage, response: ServerResponse, begin: () => void): void {
    // An injected request has no connection.
    if (!(socket instanceof Socket)) {
      begin();
      return;
    }
    const waiting = this.#waiting.get(socket);
    if (waiting === undefined) {
      this.#waiting.set(socket, []);
      this.#begin(socket, { response, begin });
      return;
    }
    waiting.push({ response, begin });
    // Later, because Node.js resumes the connection after each request that it has read.
    nextTick(() => socket.pause());
  }

  /** Closes the connections without a request under way now, and the others after their last response. */
  close(): void {
    this.#isClosing = true;
    // Node.js would wait for a connection that has sent a part of its headers, and would no longer apply a timeout to it.
    for (const socket of this.#open) if (!this.#waiting.has(socket)) socket.destroy();
  }

  #limitAddress(socket: Socket): void {
    const { connectionsPerAddress } = this.#limits;
    const { remoteAddress } = socket;
    // All clients behind a proxy share its address.
    if (connectionsPerAddress === undefined || this.#isTrusted(remoteAddress ?? "")) return;
    const address = clientAddress({ ip: remoteAddress });
    this.#count(address, 1);
    socket.once("close", () => this.#count(address, -1));
    if ((this.#openByAddress.get(address) ?? 0) > connectionsPerAddress) socket.destroy();
  }

  #count(address: string, change: 1 | -1): void {
    const count = (this.#openByAddress.get(address) ?? 0) + change;
    if (count === 0) this.#openByAddress.delete(address);
    else this.#openByAddress.set(address, count);
  }

  #begin(socket: Socket, { response, begin }: WaitingRequest): void {
    response.once("close", () => this.#beginNext(socket));
    begin();
  }

  #beginNext(socket: Socket): void {
    const waiting = this.#waiting.get(socket) ?? [];
    const next = waiting.shift();
    if (next === undefined) {
      this.#waiting.delete(socket);
      if (this.#isClosing) endConnection(socket);
      return;
    }
    // In a separate turn, so that other connections get theirs in between.
    setImmediate(() => {
      if (waiting.length === 0) socket.resume();
      if (!socket.destroyed) this.#begin(socket, next);
    });
  }
}

/**
 * Closes a connection after these bytes, even if the client keeps sending or does not read them: no timeout of Node.js applies to a
 * connection that is half closed.
 */
export function endConnection(socket: Socket, bytes = ""): void {
  socket.end(bytes);
  const cut = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once("close", () => clearTimeout(cut));
}
