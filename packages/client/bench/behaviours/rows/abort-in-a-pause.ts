import { setTimeout as sleep } from "node:timers/promises";
import { towardsService } from "../behaviour.ts";
import { told } from "../callers/ending.ts";
import { profileId, refused } from "../service/answers.ts";
import { times } from "../times.ts";

const PAUSE_SECONDS = 2;
/** Long enough for the first answer to come, and far from the end of the pause that it asks for. */
const ABORT_AFTER_MS = 500;

export const abortInAPause = towardsService(
  `Abort in the pause after a 429 with \`Retry-After: ${PAUSE_SECONDS}\``,
  () => refused(429, { "Retry-After": String(PAUSE_SECONDS) }),
  async (caller, { requests }) => {
    const controller = new AbortController();
    const call = caller.fetchProfile(profileId, controller.signal);
    const isOver = await Promise.race([call.then(() => true), sleep(ABORT_AFTER_MS, false)]);
    controller.abort();
    const outcome = told(await call);
    if (requests.length > 1) return `goes on: asks ${times(requests.length)} and ${outcome}`;
    if (isOver) return `has no pause: ${outcome}`;
    const isWaitedFor = performance.now() - Number(requests[0]?.at) > PAUSE_SECONDS * 1000;
    return `${outcome}, ${isWaitedFor ? "after" : "before"} the end of the pause`;
  },
);
