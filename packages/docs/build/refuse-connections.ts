// Loaded with `--import`, in a command and the processes that it starts: refuses every connection to another host. The command fails
// even if it ignores the error, as telemetry does.
import { type NetConnectOpts, Socket } from "node:net";

const LOOPBACK = /^(?:localhost|127\.[\d.]+|::1)$/;
const { connect } = Socket.prototype;

Object.assign(Socket.prototype, {
  connect(this: Socket, ...given: unknown[]): Socket {
    const host = hostOf(given);
    if (LOOPBACK.test(host)) return Reflect.apply(connect, this, given);
    const error = new Error(`A connection to ${host} is refused: this command must not need or use the network.`);
    console.error(error);
    process.on("exit", () => {
      process.exitCode = 1;
    });
    throw error;
  },
});

/** The host of a call of `connect`. A pipe or a Unix socket is on this machine. */
function hostOf([first, second]: readonly unknown[]): string {
  // Node.js passes the options in an array.
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === "object" && first !== null) return hostOfOptions(first as NetConnectOpts);
  return typeof second === "string" ? second : "localhost";
}

function hostOfOptions(options: NetConnectOpts): string {
  return ("host" in options && options.host) || "localhost";
}
