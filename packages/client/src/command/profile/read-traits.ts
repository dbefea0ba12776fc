import { text } from "node:stream/consumers";
import type { Traits } from "@memory-api/types";
import { InputError } from "../input/input-error.ts";
import { isObject } from "../input/is-object.ts";
import { openInput } from "../input/open-input.ts";
import { parseJson } from "../input/parse-json.ts";

/**
 * Traits from a JSON file, or from standard input for `-`.
 *
 * @throws {InputError} if it holds no object
 */
export async function readTraits(path: string, signal: AbortSignal): Promise<Traits> {
  const { stream } = await openInput(path, signal);
  const json = await text(stream).finally(() => signal.throwIfAborted());
  const traits = parseJson(json);
  if (isTraits(traits)) return traits;
  throw new InputError(`${path} holds no traits: a JSON object of groups, such as {"Contact":{"firstName":"Ada"}}.`);
}

/** Names and values are for the service to check. */
function isTraits(value: unknown): value is Traits {
  return isObject(value);
}
