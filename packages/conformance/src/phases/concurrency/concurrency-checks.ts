import { check } from "../../checks/check.ts";

export const CONCURRENCY_CHECKS = [
  check(
    "concurrent-write-failed",
    "A write fails because of another one at the same time",
    `Simultaneous requests with the same identifier result in one profile, and neither fails. Clients repeat a request whose outcome is unknown,
so the same request may arrive twice at once.

Repeat a transaction that conflicts with another, instead of returning its error.`,
  ),
  check(
    "duplicate-profiles",
    "Simultaneous writes with one identifier end in several profiles",
    `A value of an identifier belongs to one profile. If two requests look it up before either has written, both create a profile.

Make the identifier unique in the database, and lock identifiers in a fixed order before reading who holds them.`,
  ),
  check(
    "profiles-mixed",
    "Simultaneous writes without a common identifier end in one profile",
    "Two customers share a profile, and each can see the traits of the other. Look for state that requests share by mistake.",
  ),
  check(
    "concurrent-write-lost",
    "After simultaneous writes, a value is not the one that was accepted last",
    `Of the writes to a trait, the one that was accepted last wins. A write that began after another one had its response was accepted later.

Usually, one write has read the traits before the other, and then writes all of them back.`,
  ),
  check(
    "impossible-state",
    "After simultaneous writes, the state is one that no order of them leads to",
    `Every write has its effect at once, between its request and its response, or later until it is visible. The writes that are shown can be
arranged in no order that leads to what was read after them.`,
  ),
  check(
    "impossible-history",
    "Reads during simultaneous writes contradict every order of them",
    `The run was told that a write is visible when its response arrives (\`--immediate\`). The operations that are shown can be arranged in no order in
which each one has its effect between its request and its response.

If reads may lag, for example because they go to a replica, run without \`--immediate\`.`,
  ),
];
