import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@memory-api/mock";
import { startPostgres } from "../test/postgres/postgres-for-tests.ts";
import { type Child, startChild } from "./child.ts";
import { atLeast, interleaved, type Measurement, perSecond } from "./figure.ts";
import { run } from "./load.ts";
import { body } from "./people.ts";
import { AUTHORIZATION, STORE } from "./settings.ts";

const ROUNDS = 3;
const SECONDS = 4;

/** Compares create and fetch with the same application without a database, a bare `node:http` server, and Prism. */
export async function measureResponses(): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), "memory-bench-"));
  const postgres = await startPostgres();
  const [server, shared, nothing, mock] = await Promise.all([
    startChild("database", folder),
    startChild("database", folder, await postgres.createDatabase()),
    startChild("nothing"),
    startMock(),
  ]);
  let number = 0;
  const create = async (url: string) => {
    const target = `${url}/v1/Stores/${STORE}/Profiles`;
    return (await run({ url: target, method: "POST", nextBody: () => body(number++), seconds: SECONDS })).rate;
  };
  const fetchOne = async (url: string, id: string) =>
    (await run({ url: `${url}/v1/Stores/${STORE}/Profiles/${id}`, method: "GET", seconds: SECONDS })).rate;
  try {
    const creates = await interleaved(ROUNDS, {
      server: () => create(server.url),
      shared: () => create(shared.url),
      nothing: () => create(nothing.url),
    });
    const id = await createOne(server.url);
    const bare = await startBare(`${server.url}/v1/Stores/${STORE}/Profiles/${id}`);
    const fetches = await interleaved(ROUNDS, {
      server: () => fetchOne(server.url, id),
      nothing: () => fetchOne(nothing.url, id),
      bare: () => fetchOne(bare.url, id),
      prism: () => fetchOne(mock.url, id),
    });
    await bare.stop();
    return {
      title: "Responses to 64 clients, with log, metrics and limits; SQLite with synchronous=FULL",
      figures: [
        atLeast(
          "Fetch rate on SQLite, relative to a bare node:http server that sends the same bytes",
          fetches.server / fetches.bare,
          0.62,
        ),
        atLeast(
          "Create rate on SQLite, relative to the same application without a database",
          creates.server / creates.nothing,
          0.5,
        ),
        atLeast(
          "Create rate on PostgreSQL, relative to the same application without a database",
          creates.shared / creates.nothing,
          0.5,
        ),
        atLeast(
          "Fetch rate on SQLite, relative to the same application without a database",
          fetches.server / fetches.nothing,
          0.6,
        ),
        atLeast("Fetch rate on SQLite, relative to Prism", fetches.server / fetches.prism, 4),
      ],
      notes: [
        `Creates: ${perSecond(creates.server)} on SQLite, ${perSecond(creates.shared)} on PostgreSQL, ${perSecond(creates.nothing)} without a database`,
        `Fetches: ${perSecond(fetches.server)} on SQLite, ${perSecond(fetches.nothing)} without a database, ${perSecond(fetches.bare)} with bare node:http, ${perSecond(fetches.prism)} with Prism`,
      ],
    };
  } finally {
    await Promise.all([server.stop(), shared.stop(), nothing.stop(), mock.stop()]);
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
}

async function createOne(url: string): Promise<string> {
  const response = await fetch(`${url}/v1/Stores/${STORE}/Profiles`, {
    method: "POST",
    headers: { authorization: AUTHORIZATION, "content-type": "application/json" },
    body: body(0),
  });
  const { id } = Object(await response.json());
  return String(id);
}

/** Starts a bare server that sends the bytes that the URL currently returns. */
async function startBare(url: string): Promise<Child> {
  const response = await fetch(url, { headers: { authorization: AUTHORIZATION } });
  const names = ["content-type", "content-length", "x-request-id"];
  const headers = names.flatMap((name) => [[name, response.headers.get(name) ?? ""]]);
  return startChild("bare", JSON.stringify(Object.fromEntries(headers)), await response.text());
}
