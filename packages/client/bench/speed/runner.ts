// Runs one contestant in its own process, on the Node.js that is measured: a lap for each message.
import { type Call, type Contestant, contestants, isContestant } from "./contestants.ts";

export type Method = keyof Contestant;

/** The message that starts a lap. */
export interface LapOrder {
  readonly method: Method;
  readonly ms: number;
}

/** The result of a lap. */
export interface Lap {
  /** Requests per second. */
  readonly rate: number;
  /** CPU time per request, in microseconds. */
  readonly cpu: number;
}

const CLIENTS = 16;

const [origin = "", name = ""] = process.argv.slice(2);
if (!isContestant(name)) throw new Error(`Unknown contestant: ${name}`);
const calls = contestants[name](origin);
process.on("message", async ({ method, ms }: LapOrder) => process.send?.(await lap(calls[method], ms)));
process.on("disconnect", () => process.exit());

/** Sends requests without a pause for a time. */
async function lap(call: Call, ms: number): Promise<Lap> {
  const before = process.cpuUsage();
  const start = performance.now();
  let count = 0;
  const oneClient = async () => {
    for (; performance.now() - start < ms; count++) await call();
  };
  await Promise.all(Array.from({ length: CLIENTS }, oneClient));
  const { user, system } = process.cpuUsage(before);
  return { rate: (count / (performance.now() - start)) * 1000, cpu: (user + system) / count };
}
