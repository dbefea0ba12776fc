import { check } from "../../checks/check.ts";

export const CLOCK_CHECKS = [
  check(
    "expired-upload-accepted",
    "A file is accepted after its upload URL has expired",
    `The expiry limits how long a leaked URL is of use. It applies to the end of the upload, so that a slow sender cannot prolong it.

Check the expiry again when the last byte has arrived, and return 403.`,
  ),
  check(
    "expired-import-not-failed",
    "An import whose upload URL has expired does not become FAILED",
    "A client that polls would wait forever for a file that can no longer arrive. End the import as `FAILED`.",
  ),
  check(
    "clock-step-refused",
    "After the clock was set back, correct requests are refused",
    `Clocks of servers are set back by a few seconds in practice. What was stored under a later time, such as the state of a rate limit, must not
block requests until that time is reached again.`,
  ),
  check(
    "clock-step-reorders",
    "After the clock was set back, a later write counts as an earlier one",
    `The order of creation and "the last write wins" are the order of acceptance, whatever a clock shows.

Derive times and IDs from a clock that never goes back.`,
  ),
  check(
    "control-api-failed",
    "The control API of the sandbox did not move the clock",
    "The tests with a moved clock need `GET` and `PUT clock` and `POST clock/advance` at the URL of the control API.",
    { severity: "warning", blame: "environment" },
  ),
];
