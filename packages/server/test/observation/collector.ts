import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** A span that was received, as OTLP has it in JSON. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** 1 is internal, 2 a server. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** 2 is an error. */
  readonly status: number | undefined;
  readonly service: unknown;
}

export interface Collector {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** The bodies that were received. */
  readonly bodies: readonly string[];
}

/** Receives traces over OTLP/HTTP as JSON (https://opentelemetry.io/docs/specs/otlp/), for the calling test. */
export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await json(request);
    bodies.push(JSON.stringify(body));
    spans.push(...spansOf(body));
    response.setHeader("Content-Type", "application/json").end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${Object(server.address()).port}`, spans, bodies };
}

function spansOf(body: unknown): ReceivedSpan[] {
  const resources: unknown[] = Object(body).resourceSpans;
  return resources.flatMap((resource) => {
    const { resource: of, scopeSpans } = Object(resource);
    const service = attributesOf(of.attributes)["service.name"];
    const received: unknown[] = scopeSpans.flatMap(({ spans }: { spans: unknown[] }) => spans);
    return received.map((span) => {
      const { name, traceId, spanId, parentSpanId, kind, attributes, status } = Object(span);
      return {
        ...{ name, traceId, spanId, kind, service, attributes: attributesOf(attributes), status: status?.code },
        ...(parentSpanId && { parentSpanId }),
      };
    });
  });
}

function attributesOf(list: readonly { readonly key: string; readonly value: object }[]): Record<string, unknown> {
  return Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]]));
}
