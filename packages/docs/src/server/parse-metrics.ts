/** A metric of the server. */
export interface Metric {
  readonly name: string;
  /** `counter`, `gauge`, `histogram` or `summary`. */
  readonly type: string;
  readonly help: string;
}

/** Reads the metrics of a response of `/metrics`, in the text format of Prometheus. */
export function parseMetrics(text: string): Metric[] {
  const types = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type = ""]) => [name, type]));
  return [...text.matchAll(/^# HELP (\S+) (.*)$/gm)].map(([, name = "", help = ""]) => ({
    name,
    type: types.get(name) ?? "untyped",
    help,
  }));
}
