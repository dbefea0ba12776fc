import { runServer } from "./run-server.ts";

/** A metric of the server. */
export interface Metric {
  readonly name: string;
  /** `counter`, `gauge`, `histogram` or `summary`. */
  readonly type: string;
  readonly help: string;
}

/** Starts a server, and returns its metrics. */
export async function recordMetrics(): Promise<Metric[]> {
  await using server = await runServer();
  return parseMetrics(await (await fetch(`${server.url}/metrics`)).text());
}

/** Reads the text format of Prometheus. */
function parseMetrics(text: string): Metric[] {
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type = ""]) => [name, type]));
  return [...text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = "", help = ""]) => ({
    name,
    type: types.get(name) ?? "untyped",
    help,
  }));
}
