import { check } from "../../checks/check.ts";

export const CLOCK_CHECKS = [
  check(
    "expired-upload-accepted",
    "A file is accepted after its upload URL has expired",
    `The expiry limits how long a leaked URL is useful. It applies to the end of the upload, so that a slow sender cannot extend it.

Check the expiry again when the last byte has arrived, and return 403.`,
  ),
  check(
    "expired-import-not-failed",
    "An import whose upload URL has expired does not become `FAILED`",
    "A client that polls would wait forever for a file that can no longer arrive. End the import as `FAILED`.",
  ),
  check(
    "clock-step-rejected",
    "After the clock was set back, valid requests are rejected",
    `In practice, clocks of servers are sometimes set back by a few seconds. State with a later time, such as that of a rate limit, must not block
requests until that time is reached again.`,
  ),
  check(
    "clock-step-reorders",
    "After the clock was set back, a later write counts as an earlier one",
    `The order of creation, and which write is the last one, follow the order of acceptance, regardless of the clock.

Derive times and IDs from a clock that never goes back.`,
  ),
  check(
    "control-api-failed",
    "The control API of the sandbox did not move the clock",
    "The scenarios that move the clock need `GET clock`, `PUT clock` and `POST clock/advance` below the URL of the control API.",
    { severity: "warning", blame: "environment" },
  ),
];
