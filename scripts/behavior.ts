// `pnpm run behavior` tests that the next release behaves like the last one: it runs the conformance kit of the last release
// against the server in the working tree, and fails if a finding is not explained by the version bump of the next release. Then
// it runs the kit in the working tree against the server of the last release, and lists what changed. At last, it opens a
// database of the last release with the server in the working tree, and the reverse.
//
//   --profile <quick|full|soak>   profile of the conformance kit; `quick` by default
//   --seed <number>               repeats a run
//   --only <names>                the phases and scenarios to run
//   --database-url <url>          an empty PostgreSQL database, on which the upgrade is rehearsed, too
//   --build                       builds the kit and the server first
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { exitCodeOf, judgeFindings } from "./behavior/judge-findings.ts";
import { installRelease, lastRelease } from "./behavior/last-release.ts";
import { rehearseUpgrade } from "./behavior/rehearse-upgrade.ts";
import { releaseBump } from "./behavior/release-bump.ts";
import { runKit } from "./behavior/run-kit.ts";
import { startServer } from "./behavior/start-server.ts";
import { behaviorReport, changesReport } from "./behavior/text-report.ts";
import { contractChanges } from "./diff/contract-changes.ts";
import { root, turbo } from "./turbo.ts";

const KIT = "@memory-api/conformance";
const SERVER = "@memory-api/server";
const cache = join(tmpdir(), "memory-api-releases");

const { values } = parseArgs({
  options: {
    profile: { type: "string", default: "quick" },
    seed: { type: "string" },
    only: { type: "string" },
    "database-url": { type: "string" },
    build: { type: "boolean", default: false },
  },
});
const { build, "database-url": databaseUrl, ...kitValues } = values;
const options = Object.entries(kitValues).flatMap(([name, value]) => [`--${name}`, value]);

const [kitRelease, serverRelease] = [await lastRelease(root, KIT), await lastRelease(root, SERVER)];
if (kitRelease === undefined || serverRelease === undefined) {
  console.log(`There is no release to compare with: no tag ${KIT}@<version> and ${SERVER}@<version>.`);
  process.exit();
}
// The kit checks an entry only in a complete run.
const expected = ["--expected-failures", join(root, "scripts/behavior/expected-failures.yaml")];
const exitCode = build ? await turbo([`${KIT}#build`, `${SERVER}#build`], { silent: true }) : 0;
if (exitCode !== 0) process.exit(exitCode);
const kit = await installRelease(root, kitRelease, cache);
const bump = await releaseBump(root, kit.version);
const report = await reportOf(kit.folder, join(root, "packages/server"), [...options, ...expected]);
const releasedContract = createRequire(join(kit.folder, "package.json")).resolve("@memory-api/spec/openapi.yaml");
const changes =
  report.findings.length === 0 ? [] : await contractChanges(releasedContract, join(root, "spec/dist/openapi.yaml"));
const judged = judgeFindings(report.findings, bump, changes);
console.log(behaviorReport({ kit, bump, report, judged }));
process.exitCode = exitCodeOf(report, judged);

const server = await installRelease(root, serverRelease, cache);
console.log(changesReport(server, await reportOf(join(root, "packages/conformance"), server.folder, options)));

const servers = { released: server.folder, current: join(root, "packages/server") };
for (const url of databaseUrl === undefined ? [undefined] : [undefined, databaseUrl]) {
  const outcome = await rehearseUpgrade(servers, url);
  const engine = url === undefined ? "SQLite" : "PostgreSQL";
  console.log(`\nThe new server opens a database of server ${server.version} on ${engine}, which then ${outcome} it.`);
}

async function reportOf(kitFolder: string, serverFolder: string, kitOptions: readonly string[]) {
  const running = await startServer(serverFolder);
  try {
    return await runKit(kitFolder, running, kitOptions);
  } finally {
    await running.stop();
  }
}
