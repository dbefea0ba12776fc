import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { atLeast, atMost, type Figure, type Measurement, median } from "./figure.ts";
import { programFolder } from "./program-folder.ts";
import { type ContestantName, contestants, isContestant } from "./speed/contestants.ts";
import type { Lap, Method } from "./speed/lap.ts";
import { oldestNode } from "./speed/oldest-node.ts";
import { type Race, race } from "./speed/race.ts";
import { versions } from "./versions.ts";

/** Calls a second and processor time a call, on loopback, beside the vendor's SDK and `fetch` alone, on two versions of Node.js. */
export async function measureSpeed(): Promise<Measurement> {
  const folder = programFolder();
  // As JavaScript, since the oldest Node.js runs nothing else.
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
        "Calls a second, and microseconds of the processor for each; 16 at a time over connections that stay open. Ratios are medians over rounds, of the same round each",
        `twilio ${versions.twilio}, Node.js ${process.version} and 20.19`,
      ],
    };
  } finally {
    responder.disconnect();
  }
}

function figuresOf(ran: Race, where: string): Figure[] {
  return [
    atLeast(`GET a second, times the vendor's${where}`, rate(ran, "GET", "client"), 1.4),
    atLeast(`PATCH a second, times the vendor's${where}`, rate(ran, "PATCH", "client"), 1.1),
    ...(["GET", "PATCH"] as const).flatMap((method) => [
      atMost(`Processor for a ${method}, times \`fetch\` alone${where}`, cpu(ran, method), 1.35),
      atLeast(
        `${method} with undici a second, times the vendor's${where}`,
        rate(ran, method, "client with undici"),
        2.2,
      ),
    ]),
  ];
}

function rate(ran: Race, method: Method, name: ContestantName): number {
  return ratio(ran, method, name, "twilio", "rate");
}

function cpu(ran: Race, method: Method): number {
  return ratio(ran, method, "client", "fetch alone", "cpu");
}

function ratio(ran: Race, method: Method, one: ContestantName, other: ContestantName, what: keyof Lap): number {
  return median(ran[method].map((round) => round[one][what] / round[other][what]));
}

function rateAndCpu(ran: Race, name: ContestantName, method: Method): string {
  const [rate, cpu] = (["rate", "cpu"] as const).map((what) => median(ran[method].map((round) => round[name][what])));
  return `${Math.round(rate ?? 0).toLocaleString("en")}/s, ${Math.round(cpu ?? 0)} µs`;
}
