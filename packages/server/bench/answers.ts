import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@memory-api/mock";
import { startChild } from "./child.ts";
import { atLeast, interleaved, type Measurement, perSecond } from "./figure.ts";
import { run } from "./load.ts";
import { body } from "./people.ts";
import { AUTHORIZATION, STORE } from "./settings.ts";

const ROUNDS = 3;
const SECONDS = 4;

/** Create and fetch on SQLite, against the same application without a database and against Prism. */
export async function measureAnswers(): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), "memory-bench-"));
  const [server, nothing, mock] = await Promise.all([
    startChild("database", folder),
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
    const creates = await interleaved(ROUNDS, { server: () => create(server.url), nothing: () => create(nothing.url) });
    const id = await createOne(server.url);
    const fetches = await interleaved(ROUNDS, {
      server: () => fetchOne(server.url, id),
      nothing: () => fetchOne(nothing.url, id),
      prism: () => fetchOne(mock.url, id),
    });
    return {
      title: "Answers, 64 clients, SQLite with synchronous=FULL",
      figures: [
        atLeast("Create, of the same application without a database", creates.server / creates.nothing, 0.25),
        atLeast("Fetch, of the same application without a database", fetches.server / fetches.nothing, 0.5),
        // Not 10, which was the aim: what the load itself costs on two cores keeps even the application without a database below that.
        atLeast("Fetch, times Prism", fetches.server / fetches.prism, 10),
      ],
      notes: [
        `Create ${perSecond(creates.server)}, without a database ${perSecond(creates.nothing)}`,
        `Fetch ${perSecond(fetches.server)}, without a database ${perSecond(fetches.nothing)}, Prism ${perSecond(fetches.prism)}`,
      ],
    };
  } finally {
    await Promise.all([server.stop(), nothing.stop(), mock.stop()]);
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
