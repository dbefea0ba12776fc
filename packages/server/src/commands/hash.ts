import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { type Readable, Writable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { withoutLineBreak } from "../configuration/read-secret-file.ts";
import { sha256 } from "../configuration/resolve-credentials.ts";
import { parseOptions } from "./parse-options.ts";

/** Bytes of a generated secret. */
const GENERATED = 32;

/**
 * Prints the SHA-256 hash of a secret, for `secretSha256`. Reads the secret from standard input, and does not display it on a terminal. With
 * `--generate`, generates the secret and prints it to standard error, so that standard output contains only the hash.
 *
 * @throws {Error} with a message for the user, which never contains the secret
 */
export async function hash(args: readonly string[]): Promise<void> {
  const options = { generate: { type: "boolean" } } as const;
  const { values, positionals } = parseOptions("memory-server hash", {
    args: [...args],
    options,
    allowPositionals: true,
  });
  if (positionals.length > 0) {
    throw new Error(
      "memory-server hash does not accept the secret as an argument, because other users of the machine can read the arguments of a command. Pass the secret on standard input.",
    );
  }
  console.log(sha256(values.generate ? generate() : await readSecret()).toString("hex"));
}

function generate(): string {
  const secret = randomBytes(GENERATED).toString("base64url");
  console.error(`Secret (it cannot be shown again): ${secret}`);
  return secret;
}

async function readSecret(): Promise<string | Uint8Array> {
  const { stdin, stderr } = process;
  const secret = stdin.isTTY ? await askTwice(stdin, stderr) : withoutLineBreak(await buffer(stdin));
  if (secret.length === 0) throw new Error("The secret is empty.");
  return secret;
}

/**
 * Asks for a secret on a terminal, twice, because it is not displayed.
 *
 * @throws {Error} if the two differ, or if the input ends
 */
export async function askTwice(input: Readable, output: Writable): Promise<string> {
  const lines = createInterface({
    input,
    output: new Writable({ write: (_chunk, _encoding, done) => done() }),
    terminal: true,
  });
  lines.on("SIGINT", () => lines.close());
  // Keeps the lines that arrive before they are asked for.
  const entered = lines[Symbol.asyncIterator]();
  const ask = async (question: string) => {
    output.write(question);
    const { value, done } = await entered.next();
    output.write("\n");
    if (done) throw new Error("No secret was entered.");
    return value;
  };
  try {
    const secret = await ask("Secret: ");
    if (secret !== (await ask("The same secret again: "))) throw new Error("The two secrets differ.");
    return secret;
  } finally {
    lines.close();
  }
}
