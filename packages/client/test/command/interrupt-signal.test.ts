import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";

const script = `
  import { interruptSignal } from ${JSON.stringify(new URL("../../src/command/io/process-events.ts", import.meta.url))};
  interruptSignal().addEventListener("abort", () => console.log("interrupted"));
  setInterval(() => {}, 1000);
  console.log("ready");
`;

describe("a signal", () => {
  it.for([
    ["SIGINT", "SIGTERM"],
    ["SIGTERM", "SIGINT"],
    ["SIGINT", "SIGINT"],
  ] as const)(
    "%s lets the command clean up, and a following %s ends it immediately",
    async ([first, second], { skip }) => {
      skip(process.platform === "win32", "Windows has no signals");
      const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
      onTestFinished(() => void child.kill("SIGKILL"));
      await once(child.stdout, "data");
      child.kill(first);
      expect(String(await once(child.stdout, "data"))).toBe("interrupted\n");
      child.kill(second);
      expect(await once(child, "exit")).toEqual([null, second]);
    },
  );
});
