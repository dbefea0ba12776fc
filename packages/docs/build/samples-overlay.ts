import { type OperationId, operations } from "@memory-api/types";
import type { CodeSample } from "./code-samples.ts";

/** Returns an OpenAPI Overlay 1.0 that adds the code samples to the contract, so that the contract contains no TypeScript. */
export function samplesOverlay(samples: ReadonlyMap<OperationId, readonly CodeSample[]>, version: string): object {
  return {
    overlay: "1.0.0",
    info: { title: "Code samples", version },
    actions: [...samples].map(([id, codeSamples]) => ({
      target: `$.paths['${operations[id].path}'].${operations[id].method.toLowerCase()}`,
      update: { "x-codeSamples": codeSamples },
    })),
  };
}
