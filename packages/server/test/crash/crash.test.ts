import { setTimeout } from "node:timers/promises";
import { it } from "vitest";
import "../support/coverage.ts";
import { createRandom } from "../storage-contract/random.ts";
import { describeEngines } from "../support/engines.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests } from "../support/settings-for-tests.ts";
import { expectNothingLost } from "./expect-nothing-lost.ts";
import { untilNoConnections } from "./until-no-connections.ts";
import { Writer } from "./writer.ts";

const KILLS = process.env["SOAK"] ? 60 : 2;

describeEngines(`a server that is killed ${KILLS} times during writes`, ({ name, newPlace }) => {
  it("loses no acknowledged write, and applies every write completely or not at all", { timeout: 3_600_000 }, async ({
    task,
  }) => {
    const place = await newPlace();
    const settings = { ...settingsForTests, ...place, imports: { leaseMs: 1_000, pollMs: 100 } };
    const seed = 1 + (Date.now() % 1_000_000);
    const random = createRandom(seed);
    const writer = new Writer();
    let imports = 0;
    let server = await startServerProcess(settings);
    for (let kill = 1; kill <= KILLS; kill++) {
      const stop = new AbortController();
      const written = writer.write(server.url, stop.signal);
      await writer.more(1 + random(300));
      await setTimeout(random(20));
      stop.abort();
      await server.kill();
      await written;
      await untilNoConnections(place);
      server = await startServerProcess(settings);
      imports = await expectNothingLost(writer, server.url, place);
    }
    await server.stop();
    task.meta.coverage =
      `0 of ${writer.acknowledged} acknowledged writes lost in ${KILLS} kills of a server on ${name}; ` +
      `${imports} imports completed`;
  });
});
