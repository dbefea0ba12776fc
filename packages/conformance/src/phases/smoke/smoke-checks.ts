import { check } from "../../checks/check.ts";

export const SMOKE_CHECKS = [
  check(
    "valid-request-rejected",
    "A valid request is rejected",
    "The request matches the schemas of the contract and the rules that it states in prose. A client that follows them must succeed.",
  ),
];
