import type { Operation } from "../../src/contract/operations.ts";
import { samplesOf } from "../../src/contract/samples.ts";

/** Returns an OpenAPI Overlay 1.0 that adds the code samples to the contract, so that the contract contains no code. */
export async function samplesOverlay(operations: readonly Operation[], version: string): Promise<object> {
  return {
    overlay: "1.0.0",
    info: { title: "Code samples", version },
    actions: await Promise.all(
      operations.map(async ({ id, path, method }) => ({
        target: `$.paths['${path}'].${method.toLowerCase()}`,
        update: {
          "x-codeSamples": (await samplesOf(id)).map(({ language, label, source }) => ({
            lang: language,
            label,
            source,
          })),
        },
      })),
    ),
  };
}
