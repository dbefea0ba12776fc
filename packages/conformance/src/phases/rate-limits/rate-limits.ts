import type { Exchange } from "../../http/exchange.ts";
import type { Phase, RunProfile } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";

/** Requests at once. */
const WAVE = 32;
const MAX_SINGLE_READS = 200;
/** The most requests that are sent to provoke a 429. */
const MAX_REQUESTS: Readonly<Record<RunProfile, number>> = { quick: 0, full: 2000, soak: 20_000 };

/** Whether `Retry-After` says correctly when the next request is allowed. */
export const rateLimits: Phase = {
  name: "rate-limits",
  title: "Rate limits",
  concurrency: 1,
  scenarios: ({ profile }) => [
    {
      name: "rate-limits/retry-after",
      isWriting: false,
      run: async (session) => {
        const maximum = MAX_REQUESTS[profile];
        if (maximum === 0) session.notRun("the scenario sends thousands of requests: use the profile full or soak");
        await provoke(session, maximum);
        await retryOnce(session);
      },
    },
  ],
};

/** Sends reads until one returns 429. Ends the scenario if none does. */
async function provoke(session: Session, maximum: number): Promise<void> {
  const startedAt = performance.now();
  let sent = 0;
  for (; sent < maximum; sent += WAVE) {
    const wave = await Promise.all(Array.from({ length: WAVE }, () => readOnce(session)));
    if (wave.some(({ response }) => response.status === 429)) return;
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  session.notRun(`no rate limit was reached by ${sent} reads in ${seconds} s`);
}

/** Sends reads one at a time until the session has retried one. It reports a second 429, since nothing else is sent meanwhile. */
async function retryOnce(session: Session): Promise<void> {
  for (let reads = 0; reads < MAX_SINGLE_READS; reads++) {
    const sent = session.exchanges.length;
    const { response } = await session.send("listProfiles", { query: { pageSize: 1 } });
    const isRetried = session.exchanges.length > sent + 1;
    // The session does not wait if `Retry-After` is invalid or very long.
    if (isRetried || response.status === 429) return;
  }
  session.notRun(`simultaneous reads reach the rate limit, but ${MAX_SINGLE_READS} reads one after the other did not`);
}

function readOnce(session: Session): Promise<Exchange> {
  return session.send("listProfiles", { query: { pageSize: 1 } }, { keep429: true });
}
