import { describe, expect, it } from "vitest";
import { answersInTrace } from "./answers-in-trace.ts";

const write = '12 pwrite64(21</tmp/a/memory.db-wal>, "\\0\\0", 4096, 32) = 4096';
const sync = "12 fdatasync(21</tmp/a/memory.db-wal>) = 0";
const syncBegins = "12 fdatasync(21</tmp/a/memory.db-wal> <unfinished ...>";
const syncEnds = "12 <... fdatasync resumed>) = 0";
const answer =
  '10 writev(25<TCP:[127.0.0.1:1->127.0.0.1:2]>, [{iov_base="HTTP/1.1 202 Accepted\\r\\n", iov_len=9}], 1) = 9';
const otherSync = "11 fdatasync(22</tmp/a/memory.db>) = 0";
const otherWrite = '11 write(23</tmp/log>, "{}", 2) = 2';

const answers = (...lines: readonly string[]) => answersInTrace(lines.join("\n"));

describe("the answers in a trace", () => {
  it("are counted", () => {
    expect(answers(write, write, sync, answer, otherWrite, write, syncBegins, otherSync, syncEnds, answer)).toEqual({
      all: 2,
      early: 0,
    });
  });

  it.each([
    ["before the sync", [write, answer, sync]],
    ["before the sync returned", [write, syncBegins, answer, syncEnds]],
    ["after a sync that began before the last write", [syncBegins, write, syncEnds, answer]],
    ["after the sync of another file", [write, otherSync, answer]],
    ["after a sync that failed", [write, sync.replace("= 0", "= -1 EIO (Input/output error)"), answer]],
    ["without a write", [answer]],
  ])("are early %s", (_, lines) => {
    expect(answers(...lines)).toEqual({ all: 1, early: 1 });
  });

  it("are early without a write of their own", () => {
    expect(answers(write, sync, answer, answer)).toEqual({ all: 2, early: 1 });
  });
});
