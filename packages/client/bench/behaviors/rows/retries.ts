import { setTimeout as sleep } from "node:timers/promises";
import { behaviorWith, requestCount } from "../behavior.ts";
import { inWords } from "../callers/caller.ts";
import { found, profileId, rejected } from "../scripted-service.ts";

const PAUSE_SECONDS = 2;
/** Long enough for the first response to arrive, and well before the end of the pause. */
const ABORT_AFTER_MS = 500;

const tooManyRequests = rejected(429, { "Retry-After": String(PAUSE_SECONDS) });

export const retryAfter = behaviorWith(
  (_, all) => (all.length === 1 ? tooManyRequests : found),
  `429 with \`Retry-After: ${PAUSE_SECONDS}\`, then 200`,
  async (caller, { requests }) => {
    const outcome = inWords(await caller.fetchProfile(profileId));
    const [first, second] = requests;
    if (!first || !second) return outcome;
    const isTooEarly = second.at - first.at < PAUSE_SECONDS * 1000;
    return `retries ${isTooEarly ? "before" : "after"} the ${PAUSE_SECONDS} s and ${outcome}`;
  },
);

export const unavailableOnce = behaviorWith(
  (_, all) => (all.length === 1 ? rejected(503) : found),
  "503, then 200",
  async (caller, { requests }) => {
    const outcome = inWords(await caller.fetchProfile(profileId));
    return `sends ${requestCount(requests.length)} and ${outcome}`;
  },
);

export const abortInAPause = behaviorWith(
  () => tooManyRequests,
  `Abort in the pause after a 429 with \`Retry-After: ${PAUSE_SECONDS}\``,
  async (caller, { requests }) => {
    const controller = new AbortController();
    const call = caller.fetchProfile(profileId, controller.signal);
    const hasEnded = await Promise.race([call.then(() => true), sleep(ABORT_AFTER_MS, false)]);
    controller.abort();
    const outcome = inWords(await call);
    if (requests.length > 1) return `continues: sends ${requestCount(requests.length)} and ${outcome}`;
    if (hasEnded) return `has no pause: ${outcome}`;
    const isPauseOver = performance.now() - Number(requests[0]?.at) > PAUSE_SECONDS * 1000;
    return `${outcome}, ${isPauseOver ? "after" : "before"} the end of the pause`;
  },
);
