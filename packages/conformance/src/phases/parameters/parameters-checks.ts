import { check } from "../../checks/check.ts";

export const PARAMETERS_CHECKS = [
  check(
    "parameter-ignored",
    "A documented parameter or property has no effect",
    `A client that sends it receives a success, and assumes that it took effect. Types and examples contain it, so nobody suspects it.

Implement the parameter, or remove it from the contract.`,
  ),
  check(
    "wrong-default",
    "An omitted parameter does not have its documented default",
    "Clients omit a parameter if they want its default. Use the default that the contract documents.",
  ),
];
