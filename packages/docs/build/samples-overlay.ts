import { type OperationId, operations } from "@memory-api/types";

/** An OpenAPI Overlay 1.0 that puts the code samples into the contract, so that the contract holds no TypeScript. */
export function samplesOverlay(samples: ReadonlyMap<OperationId, string>, version: string): object {
  return {
    overlay: "1.0.0",
    info: { title: "Code samples", version },
    actions: [...samples].map(([id, source]) => ({
      target: `$.paths['${operations[id].path}'].${operations[id].method.toLowerCase()}`,
      update: { "x-codeSamples": [{ lang: "TypeScript", label: "TypeScript", source }] },
    })),
  };
}
