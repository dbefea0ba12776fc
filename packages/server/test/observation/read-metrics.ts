/** A value of a metric with some of its labels, from the text format of Prometheus. Those of several series are added; 0 if there are none. */
export type MetricReader = (name: string, labels?: Readonly<Record<string, string>>) => number;

/** Reads the metrics of a server. */
export async function readMetrics({ url }: { readonly url: string }): Promise<MetricReader> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const series = [...text.matchAll(/^([a-z_]+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels = "", value]) => ({
    name,
    labels: new Map([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, of]) => [label, of])),
    value: Number(value),
  }));
  return (name, wanted = {}) =>
    series
      .filter((each) => each.name === name)
      .filter(({ labels }) => Object.entries(wanted).every(([label, value]) => labels.get(label) === value))
      .reduce((sum, { value }) => sum + value, 0);
}
