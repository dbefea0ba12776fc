import { check } from "../../checks/check.ts";

export const CONCURRENCY_CHECKS = [
  check(
    "concurrent-write-failed",
    "A write fails because of a simultaneous one",
    `Simultaneous requests with the same identifier result in one profile, and neither fails. Clients retry a request whose outcome is unknown,
so the same request may arrive twice at the same time.

Retry a transaction that conflicts with another one, instead of returning its error.`,
  ),
  check(
    "duplicate-profiles",
    "Simultaneous writes with the same identifier create several profiles",
    `An identifier belongs to one profile. If two requests look it up before either has written, both create a profile.

Make the identifier unique in the database, and lock identifiers in a fixed order before you look up their profiles.`,
  ),
  check(
    "profiles-mixed",
    "Simultaneous writes without a common identifier share a profile",
    "Two customers share a profile, so the traits of one are shown as those of the other. Look for state that requests share by mistake.",
  ),
  check(
    "concurrent-write-lost",
    "After simultaneous writes, a value is not the one that was accepted last",
    `Of the writes to a trait, the one that was accepted last wins. A write that began after the response to another one was accepted later.

Usually, a write reads all traits, and writes them back after another write has changed one of them.`,
  ),
  check(
    "impossible-state",
    "After simultaneous writes, the state is one that no order of them produces",
    `Every write takes effect at one moment, between its request and the time at which it is visible. No order of the writes of this finding
produces the state that was read after them.`,
  ),
  check(
    "impossible-history",
    "Reads during simultaneous writes contradict every order of them",
    `With \`--immediate\`, each operation takes effect between its request and its response. No order of the operations of this finding matches what
the reads returned.

If reads may lag behind, for example because a replica serves them, run without \`--immediate\`.`,
  ),
];
