import { describe, expect, it } from "vitest";
import { responsesInTrace } from "./responses-in-trace.ts";

const write = '12 pwrite64(21</tmp/a/memory.db-wal>, "\\0\\0", 4096, 32) = 4096';
const sync = "12 fdatasync(21</tmp/a/memory.db-wal>) = 0";
const syncBegins = "12 fdatasync(21</tmp/a/memory.db-wal> <unfinished ...>";
const syncEnds = "12 <... fdatasync resumed>) = 0";
const response =
  '10 writev(25<TCP:[127.0.0.1:1->127.0.0.1:2]>, [{iov_base="HTTP/1.1 202 Accepted\\r\\n", iov_len=9}], 1) = 9';
const otherSync = "11 fdatasync(22</tmp/a/memory.db>) = 0";
const otherWrite = '11 write(23</tmp/log>, "{}", 2) = 2';

const responses = (...lines: readonly string[]) => responsesInTrace(lines.join("\n"));

describe("the responses in a trace", () => {
  it("are counted", () => {
    expect(
      responses(write, write, sync, response, otherWrite, write, syncBegins, otherSync, syncEnds, response),
    ).toEqual({
      all: 2,
      early: 0,
    });
  });

  it.each([
    ["before the sync", [write, response, sync]],
    ["before the sync returned", [write, syncBegins, response, syncEnds]],
    ["after a sync that began before the last write", [syncBegins, write, syncEnds, response]],
    ["after the sync of another file", [write, otherSync, response]],
    ["after a sync that failed", [write, sync.replace("= 0", "= -1 EIO (Input/output error)"), response]],
    ["without a write", [response]],
  ])("are early %s", (_, lines) => {
    expect(responses(...lines)).toEqual({ all: 1, early: 1 });
  });

  it("are early without their own write", () => {
    expect(responses(write, sync, response, response)).toEqual({ all: 2, early: 1 });
  });
});
