import { spawn } from "node:child_process";
import { ACCOUNT, OTHER_ACCOUNT } from "./start-server.ts";

/** Runs a script as a person would who pastes it into bash. Returns what it prints. */
export function paste(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const shell = spawn("bash", ["--noprofile", "--norc", "-s"], {
      env: {
        ...process.env,
        MEMORY_USER: ACCOUNT.username,
        MEMORY_PASSWORD: ACCOUNT.password,
        MEMORY_OTHER_USER: OTHER_ACCOUNT.username,
        MEMORY_OTHER_PASSWORD: OTHER_ACCOUNT.password,
      },
    });
    let output = "";
    shell.stdout.on("data", (chunk) => {
      output += chunk;
    });
    shell.stderr.on("data", (chunk) => {
      output += chunk;
    });
    shell.on("error", reject);
    shell.on("close", () => resolve(output));
    shell.stdin.end(`${script}\n`);
  });
}
