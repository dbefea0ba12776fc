import { once } from "node:events";

/** Prints a line of the result, no faster than it is read. */
export async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
}
