import type { Phase } from "../../scenarios/scenario.ts";
import { documentedParameters } from "./documented-parameters.ts";
import { PROBES } from "./probes.ts";

/** Whether each documented parameter and property has an effect. */
export const parameters: Phase = {
  name: "parameters",
  title: "Effects of parameters",
  concurrency: 16,
  /** @throws {Error} for a parameter without a probe, whose effect would not be tested */
  scenarios: ({ contract }) =>
    documentedParameters(contract).map((parameter) => {
      const probe = PROBES[parameter.key];
      if (probe === undefined) {
        throw new Error(
          `The parameter ${parameter.key} has no probe. Add one to phases/parameters/probes.ts of the kit.`,
        );
      }
      const name = `parameters/${parameter.key.replaceAll(" /", "/").replaceAll(" ", "/")}`;
      return { name, isWriting: true, run: (session) => probe(session, parameter) };
    }),
};
