import type { Traits } from "@memory-api/types";
import { bulkUpsert } from "../../profiles/bulk/bulk-upsert.ts";
import { fileWord, optionWords, requiredOperand, shellLine } from "../arguments.ts";
import { EXIT, InputError, ResumableError } from "../errors.ts";
import type { Invocation } from "../invocation.ts";
import { type Input, isObject, openInput, parseJson, readLines } from "../io/input.ts";
import { print } from "../io/output.ts";
import { progressOn } from "../io/progress.ts";
import { wholeNumber } from "../option-values.ts";

/** An item of a bulk upsert. */
interface Item {
  readonly traits: Traits;
}

/**
 * Sends profiles from a file with one item per line.
 *
 * @throws {ResumableError} if not all of them were accepted
 */
export async function bulk({ operands, options, openStore, signal }: Invocation): Promise<number> {
  const file = requiredOperand(operands, "memory bulk <file.ndjson>, or memory bulk - for standard input");
  const concurrency = wholeNumber("--concurrency", options.concurrency, 1);
  const startAt = wholeNumber("--start-at", options["start-at"], 0) ?? 0;
  const { connection, storeId } = await openStore();

  const items = new ItemReader(await openInput(file, signal));
  const progress = progressOn(process.stderr, options.json);
  let resumeAt = startAt;
  const job = bulkUpsert(connection, storeId, items, {
    concurrency,
    startAt,
    signal,
    onProgress({ accepted, resumeAt: next }) {
      resumeAt = next;
      progress.show({
        label: "sending",
        fraction: items.fractionOf(startAt + accepted),
        detail: `${accepted} accepted`,
      });
    },
  });
  try {
    for await (const outcome of job) {
      if (options.json) await print(JSON.stringify(outcome), signal);
    }
    const { items: accepted } = await job;
    progress.end();
    if (!options.json) await print(`${accepted} ${accepted === 1 ? "profile was" : "profiles were"} accepted.`, signal);
    return EXIT.done;
  } catch (error) {
    progress.end();
    const words = optionWords({ ...options, "start-at": String(resumeAt) });
    throw new ResumableError(
      error,
      file === "-" ? "Pass the same input again to:" : "Resume with:",
      shellLine(["memory", "bulk", fileWord(file), ...words]),
    );
  }
}

/** Reads one item per line, and knows how much of the text it has read. An empty line is accepted only as the last one. */
class ItemReader implements AsyncIterable<Item> {
  readonly #input: Input;
  #lines = 0;
  #bytes = 0;

  constructor(input: Input) {
    this.#input = input;
  }

  /**
   * Estimates how much of the text a number of lines is, from the length of the lines that were read.
   *
   * @returns a number from 0 to 1; `undefined` if the size of the text is unknown
   */
  fractionOf(lines: number): number | undefined {
    const { size } = this.#input;
    return size && (lines / this.#lines) * (this.#bytes / size);
  }

  /** @throws {InputError} at the first line that is not an item */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void> {
    let emptyLine: number | undefined;
    for await (const line of readLines(this.#chunks())) {
      this.#lines++;
      if (emptyLine !== undefined) throw invalidItem(emptyLine);
      if (line.trim() === "") emptyLine = this.#lines;
      else yield parseItem(line, this.#lines);
    }
  }

  async *#chunks(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of this.#input.stream) {
      this.#bytes += chunk.length;
      yield chunk;
    }
  }
}

function parseItem(line: string, number: number): Item {
  const item = parseJson(line);
  if (isItem(item)) return item;
  throw invalidItem(number);
}

function invalidItem(number: number): InputError {
  return new InputError(
    `Line ${number} is not a profile: each line must be a JSON object such as {"traits":{"Contact":{…}}}.`,
  );
}

/** The service validates everything else. */
function isItem(value: unknown): value is Item {
  return isObject(value) && "traits" in value && isObject(value.traits);
}
