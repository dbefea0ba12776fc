import type { Traits } from "@memory-api/types";
import { InputError } from "../input/input-error.ts";
import { isObject } from "../input/is-object.ts";
import type { Input } from "../input/open-input.ts";
import { parseJson } from "../input/parse-json.ts";
import { readLines } from "../input/read-lines.ts";

/** An item of a bulk upsert, as the contract has it. */
export interface Item {
  readonly traits: Traits;
}

/** The items of a text that has one a line, and how far it is read. The last line may be empty. */
export class ItemReader implements AsyncIterable<Item> {
  readonly #input: Input;
  #lines = 0;
  #bytes = 0;

  constructor(input: Input) {
    this.#input = input;
  }

  /**
   * How much of the text so many lines are, from 0 to 1, by the lines that were read.
   *
   * @returns `undefined` where it is not known how long the text is
   */
  fractionOf(lines: number): number | undefined {
    const { size } = this.#input;
    return size && (lines / this.#lines) * (this.#bytes / size);
  }

  /** @throws {InputError} at the first line that is no item */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void> {
    let emptyLine: number | undefined;
    for await (const line of readLines(this.#chunks())) {
      this.#lines++;
      if (emptyLine !== undefined) throw noItem(emptyLine);
      if (line.trim() === "") emptyLine = this.#lines;
      else yield itemOf(line, this.#lines);
    }
  }

  async *#chunks(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of this.#input.stream) {
      this.#bytes += chunk.length;
      yield chunk;
    }
  }
}

function itemOf(line: string, number: number): Item {
  const item = parseJson(line);
  if (isItem(item)) return item;
  throw noItem(number);
}

function noItem(number: number): InputError {
  return new InputError(`Line ${number} is no item: each line is a JSON object such as {"traits":{"Contact":{…}}}.`);
}

/** Names, values and all else are for the service to check. */
function isItem(value: unknown): value is Item {
  return isObject(value) && "traits" in value && isObject(value.traits);
}
