import { check } from "../../checks/check.ts";

export const PARAMETERS_CHECKS = [
  check(
    "parameter-ignored",
    "A documented parameter or property has no effect",
    `A client that sends it receives a success, and believes that it was followed. Types and examples show it, so nobody doubts it.

Implement the parameter, or remove it from the contract.`,
  ),
  check(
    "wrong-default",
    "An omitted parameter does not have its documented default",
    "Generated clients omit a parameter that has its default. Use the default of the contract.",
  ),
];
