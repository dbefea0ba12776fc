import { quantile } from "../../run/quantile.ts";
import type { Phase } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import type { Account } from "../../target.ts";

/** Requests of one account at once. More would measure this process. */
const AT_ONCE = 8;
const MAX_REQUESTS = 20_000;
const SAMPLES = 200;

/** Whether an account is slower while another one is at its limit. The contract does not say, so this is a note and never a finding. */
export const fairness: Phase = {
  name: "fairness",
  title: "Fairness between accounts",
  concurrency: 1,
  scenarios: ({ profile }) => [
    {
      name: "fairness/account-at-its-limit",
      isWriting: false,
      run: async (session) => {
        if (profile !== "soak") session.notRun("the scenario keeps an account at its rate limit: use the profile soak");
        await compare(session);
      },
    },
  ],
};

async function compare(session: Session): Promise<void> {
  const { otherAccount } = session.target;
  if (otherAccount === undefined)
    return session.note("Fairness was not measured, because it needs a second account: set --other-store.");
  const idle = await latencies(session, otherAccount);
  let sent = 0;
  let limited = 0;
  let isEnding = false;
  const reached = new Promise<void>((resolve) => {
    const flood = async () => {
      while (!isEnding && sent < MAX_REQUESTS) {
        sent++;
        const { response } = await session.send("listProfiles", { query: { pageSize: 1 } }, { keep429: true });
        if (response.status === 429) {
          limited++;
          resolve();
        }
      }
    };
    void Promise.allSettled(Array.from({ length: AT_ONCE }, flood)).then(() => resolve());
  });
  await reached;
  const busy = limited > 0 ? await latencies(session, otherAccount) : [];
  isEnding = true;
  if (limited === 0) return session.note(`No rate limit was reached with ${sent} reads.`);
  const ratio = (share: number) =>
    `${quantile(busy, share).toFixed(1)} ms (idle ${quantile(idle, share).toFixed(1)} ms)`;
  session.note(
    `While one account was at its limit (${limited} of ${sent} reads returned 429), a read of another account took ${ratio(0.5)} at p50 and ${ratio(0.99)} at p99.`,
  );
}

/** @returns milliseconds of reads one after the other, ascending */
async function latencies(session: Session, account: Account): Promise<number[]> {
  const found: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const { ms } = await session.send("listProfiles", {
      query: { pageSize: 1 },
      path: { storeId: account.storeId },
      account,
    });
    found.push(ms);
  }
  return found.sort((one, other) => one - other);
}
