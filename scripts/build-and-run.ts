import { endWithLaunchers } from "./launchers.ts";
import { root, turbo } from "./turbo.ts";

/** Builds a package and what it needs, and runs its command in this very process, with the arguments of this one. */
export async function buildAndRun(name: string): Promise<void> {
  endWithLaunchers();
  console.log(`Building the ${name} …`);
  const exitCode = await turbo(["@memory-api/types#generate", `@memory-api/${name}#build`], { silent: true });
  if (exitCode !== 0) process.exit(exitCode);
  await import(`${root}packages/${name}/dist/cli.js`);
}
