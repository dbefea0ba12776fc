import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { atLeast, atMost, type Figure, type Measurement, median } from "./figure.ts";
import { programFolder } from "./program-folder.ts";
import { type ContestantName, contestants, isContestant } from "./speed/contestants.ts";
import { type Race, race } from "./speed/race.ts";
import type { Lap, Method } from "./speed/runner.ts";
import { versions } from "./versions.ts";

/** The oldest version that the client supports. */
const OLDEST_NODE = "20.19.0";

/** Measures requests per second and CPU time per request over loopback, on two versions of Node.js. */
export async function measureSpeed(): Promise<Measurement> {
  const folder = programFolder();
  // The oldest supported Node.js cannot run TypeScript.
  const runner = join(folder, "runner.js");
  const entry = fileURLToPath(new URL("speed/runner.ts", import.meta.url));
  await build({ entryPoints: [entry], outfile: runner, bundle: true, format: "esm", packages: "external" });
  const responder = fork(fileURLToPath(new URL("speed/responder.ts", import.meta.url)));
  const [{ port }] = await once(responder, "message");
  const run = (node: string) => race(node, runner, `http://127.0.0.1:${port}`);
  try {
    const newer = await run(process.execPath);
    const older = await run(oldestNode(folder));
    return {
      title: "Speed",
      figures: [...figuresOf(newer, ""), ...figuresOf(older, ", Node.js 20")],
      comparison: [
        ["", "GET", "PATCH", "GET on Node.js 20", "PATCH on Node.js 20"],
        ...Object.keys(contestants)
          .filter(isContestant)
          .map((name) => [
            name,
            ...[newer, older].flatMap((each) => [rateAndCpu(each, name, "GET"), rateAndCpu(each, name, "PATCH")]),
          ]),
      ],
      notes: [
        "Requests per second, and CPU time per request; 16 requests at a time over kept-alive connections. A ratio is the median of the ratios of all rounds",
        `openapi-fetch ${versions["openapi-fetch"]}, twilio ${versions.twilio}, Node.js ${process.version} and ${OLDEST_NODE}`,
      ],
    };
  } finally {
    responder.disconnect();
  }
}

function figuresOf(ran: Race, where: string): Figure[] {
  const leastRate = { GET: 1.4, PATCH: 1.1 };
  return (["GET", "PATCH"] as const).flatMap((method) => {
    const ratio = (what: keyof Lap, one: ContestantName, other: ContestantName) =>
      median(ran[method].map((round) => round[one][what] / round[other][what]));
    const least = (one: ContestantName, other: ContestantName, budget: number) =>
      atLeast(`${method} rate, ${one} ÷ ${other}${where}`, ratio("rate", one, other), budget);
    const most = (one: ContestantName, other: ContestantName, budget: number) =>
      atMost(`${method} CPU time, ${one} ÷ ${other}${where}`, ratio("cpu", one, other), budget);
    return [
      least("client", "twilio", leastRate[method]),
      least("client with undici", "twilio", 2.2),
      most("client", "bare fetch", 1.35),
      most("openapi-fetch client", "bare openapi-fetch", 1.35),
    ];
  });
}

function rateAndCpu(ran: Race, name: ContestantName, method: Method): string {
  const [rate, cpu] = (["rate", "cpu"] as const).map((what) => median(ran[method].map((round) => round[name][what])));
  return `${Math.round(rate ?? 0).toLocaleString("en")}/s, ${Math.round(cpu ?? 0)} µs`;
}

/** Installs the oldest supported Node.js into a folder. The package `node` is not used, because it downloads the program in an install script. */
function oldestNode(folder: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const options = ["--prefix", "oldest-node", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
  execFileSync("npm", ["install", ...options, `${name}@${OLDEST_NODE}`], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return join(folder, "oldest-node/node_modules", name, "bin/node");
}
