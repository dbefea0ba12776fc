import { check } from "../../checks/check.ts";

export const SMOKE_CHECKS = [
  check(
    "valid-request-refused",
    "A valid request is refused",
    "The request matches the contract, and the rules that the contract states in prose. A client that keeps them must succeed.",
  ),
];
