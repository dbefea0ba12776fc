import type { Exchange } from "../../http/exchange.ts";
import { jsonOf } from "../../http/exchange.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";

/** The clock of a sandbox, while a scenario may move it. */
export interface SandboxClock {
  /** Moves the clock forward. */
  advance(ms: number): Promise<void>;
  /** Moves the clock back. */
  stepBack(ms: number): Promise<void>;
}

/** Runs work that moves the clock of the sandbox, and then sets the clock to the time that it would show otherwise. */
export async function withClock(session: Session, work: (clock: SandboxClock) => Promise<void>): Promise<void> {
  const { controlUrl } = session.target;
  if (controlUrl === undefined) return session.notRun("the scenario needs the control API of a sandbox: set --sandbox");
  const read = async () => {
    const exchange = await control(session, "GET", controlUrl);
    const { now, frozen } = Object(jsonOf(exchange.response));
    const time = Date.parse(now);
    return Number.isNaN(time)
      ? failControl(session, "a time in `now`", exchange)
      : { now: time, frozen: frozen === true };
  };
  const set = (now: number, frozen: boolean) =>
    control(session, "PUT", controlUrl, { now: new Date(now).toISOString(), frozen });

  const before = await read();
  const startedAt = performance.now();
  try {
    await work({
      async advance(ms) {
        await control(session, "POST", controlUrl, { ms });
      },
      async stepBack(ms) {
        const { now, frozen } = await read();
        await set(now - ms, frozen);
      },
    });
  } finally {
    const elapsed = before.frozen ? 0 : Math.round(performance.now() - startedAt);
    await set(before.now + elapsed, before.frozen);
  }
}

async function control(session: Session, method: string, controlUrl: string, body?: object): Promise<Exchange> {
  const url = `${controlUrl}/clock${method === "POST" ? "/advance" : ""}`;
  const exchange = await session.sendRaw({
    method,
    url,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (exchange.response.status === 200) return exchange;
  return failControl(session, "status 200", exchange);
}

function failControl(session: Session, expected: string, exchange: Exchange): never {
  const received = describeResponse(exchange);
  return session.fail({
    code: "control-api-failed",
    expected,
    received,
    source: { kind: "contract", pointer: "/info" },
  });
}
