import { describe, expect, it } from "vitest";
import { smallestSequence } from "../../src/findings/smallest-sequence.ts";
import type { Exchange } from "../../src/http/exchange.ts";

const STORE = "mem_store_00000000000000000000000000";
const ONE = "mem_profile_01h455vb4pex5vsknk084sn02q";
const TWO = "mem_profile_01h455vb4pex5vsknk084sn02r";

function exchange(line: string, response: unknown = {}, sent?: unknown, status = 200): Exchange {
  const [method = "", path = ""] = line.split(" ");
  return {
    request: {
      method,
      url: `http://127.0.0.1:1/v1/Stores/${STORE}/Profiles${path}`,
      headers: {},
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
    },
    response: { status, headers: {}, body: Buffer.from(JSON.stringify(response)) },
    ms: 1,
  };
}

const create = (id: string, email: string, status = 202) =>
  exchange("POST ", { id, message: "Accepted" }, { email }, status);
const fetch = (id: string, body: unknown = { id }) => exchange(`GET /${id}`, body);

function smallest(exchanges: readonly Exchange[]): number[] {
  return smallestSequence(exchanges, [STORE]).map((each) => exchanges.indexOf(each));
}

describe("the smallest sequence", () => {
  it.each<[string, readonly Exchange[], readonly number[]]>([
    ["is empty for no exchange", [], []],
    ["keeps the last exchange", [fetch(ONE)], [0]],
    ["keeps the request that created what the last one reads", [create(ONE, "a@example.com"), fetch(ONE)], [0, 1]],
    [
      "drops requests about other people",
      [create(TWO, "b@example.com"), create(ONE, "a@example.com"), fetch(TWO), fetch(ONE)],
      [1, 3],
    ],
    [
      "drops repeated reads",
      [create(ONE, "a@example.com"), fetch(ONE), fetch(ONE), exchange(`PATCH /${ONE}`, {}, {}), fetch(ONE), fetch(ONE)],
      [0, 3, 5],
    ],
    [
      "keeps both sides of a merge",
      [
        create(ONE, "a@example.com"),
        create(TWO, "b@example.com"),
        exchange("POST ", { id: ONE }, { email: "a@example.com", other: "b@example.com" }),
        fetch(TWO),
      ],
      [0, 1, 2, 3],
    ],
    [
      "keeps the page that a token comes from",
      [
        exchange("GET ?pageSize=1", { nextToken: "token-1-of-the-page" }),
        exchange("GET ?pageSize=1&pageToken=token-1-of-the-page", { nextToken: "token-2" }),
      ],
      [0, 1],
    ],
    [
      "keeps a read of the same path with other parameters, which it is compared with",
      [exchange("GET ?orderBy=ASC"), exchange("GET ?orderBy=ASC"), exchange("GET ?orderBy=DESC")],
      [1, 2],
    ],
    [
      "drops requests over a rate limit",
      [create(ONE, "a@example.com", 429), create(ONE, "a@example.com"), fetch(ONE)],
      [1, 2],
    ],
    [
      "keeps a request that was rejected, because it may have had an effect",
      [create(ONE, "a@example.com"), exchange(`PATCH /${ONE}`, { code: 400 }, { bad: true }, 400), fetch(ONE)],
      [0, 1, 2],
    ],
    [
      "keeps a write that only the last response shows",
      [create(ONE, "a@example.com"), create(TWO, "b@example.com"), exchange("GET ", { profiles: [TWO] })],
      [1, 2],
    ],
  ])("%s", (_, exchanges, expected) => {
    expect(smallest(exchanges)).toEqual(expected);
  });
});
