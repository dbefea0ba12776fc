import { jsonOf } from "../../http/exchange.ts";
import type { Call, Session } from "../../scenarios/session.ts";

export interface Page {
  readonly ids: readonly string[];
  readonly key: unknown;
  readonly pageSize: unknown;
  readonly nextToken: string | undefined;
  readonly previousToken: string | undefined;
}

export interface PageOptions {
  /** @default the parameter is absent */
  readonly pageSize?: number;
  /** @default newest first, without the parameter */
  readonly orderBy?: "ASC" | "DESC";
  readonly maxPages: number;
  /** @default the account of the target */
  readonly account?: Call["account"];
}

/** Reads the pages of a list until the last one, or `maxPages`. */
export async function* readPages(
  session: Session,
  { maxPages, ...options }: PageOptions,
): AsyncGenerator<Page, void, undefined> {
  let pageToken: string | undefined;
  for (let read = 0; read < maxPages; read++) {
    const page = await readPage(session, { ...options, ...(pageToken !== undefined && { pageToken }) });
    yield page;
    if (page.nextToken === undefined) return;
    pageToken = page.nextToken;
  }
}

/** Reads one page. Ends the scenario if that is rejected. */
export async function readPage(
  session: Session,
  { account, ...query }: Omit<PageOptions, "maxPages"> & { readonly pageToken?: string },
): Promise<Page> {
  const call = account === undefined ? {} : { account, path: { storeId: account?.storeId ?? "" } };
  const exchange = await session.send("listProfiles", { query: { ...query }, ...call });
  const source = { kind: "contract", pointer: session.contract.operation("listProfiles").pointer } as const;
  session.expectStatus("valid-request-rejected", "listProfiles", exchange, [200], source);
  const body = Object(jsonOf(exchange.response));
  const { key, pageSize, nextToken, previousToken } = Object(body.meta);
  return {
    ids: Array.isArray(body.profiles) ? body.profiles.map(String) : [],
    key,
    pageSize,
    nextToken: tokenIn(nextToken),
    previousToken: tokenIn(previousToken),
  };
}

function tokenIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
