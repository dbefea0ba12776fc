import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it, onTestFinished } from "vitest";
import { importSummary } from "../../src/command/commands/import-file.ts";
import { type Clock, type ProgressStream, progressLine, progressOn } from "../../src/command/io/progress.ts";

describe("the line of a terminal", () => {
  it.each([
    [0, "uploading [--------------------]   0 %"],
    [0.009, "uploading [--------------------]   0 %"],
    [0.5, "uploading [##########----------]  50 %"],
    [0.999, "uploading [###################-]  99 %"],
    [1, "uploading [####################] 100 %"],
  ])("shows %d as a bar", (fraction, line) => {
    expect(progressLine({ label: "uploading", fraction }, 39)).toBe(line);
  });

  it("has a bar of at most 40 columns, even on a wide terminal", () => {
    const line = progressLine({ label: "sending", fraction: 0.25, detail: "1000 accepted" }, 200);
    expect(line).toBe(`sending [${"#".repeat(10)}${"-".repeat(30)}]  25 % 1000 accepted`);
  });

  it.each([80, 40, 29, 28, 20, 10, 2])("is narrower than the terminal: %d columns", (columns) => {
    for (const detail of [undefined, "1000000 accepted"]) {
      expect(progressLine({ label: "uploading", fraction: 0.5, detail }, columns).length).toBeLessThan(columns);
      expect(progressLine({ label: "uploading", detail }, columns).length).toBeLessThan(columns);
    }
  });

  it("has no bar if there is no room for one", () => {
    expect(progressLine({ label: "uploading", fraction: 0.5 }, 20)).toBe("uploading 50 %");
  });

  it("has no bar if the fraction is unknown", () => {
    expect(progressLine({ label: "sending", detail: "1000 accepted" }, 80)).toBe("sending 1000 accepted");
  });
});

function recorded(stream: Omit<ProgressStream, "write">) {
  const written: string[] = [];
  return { written, stream: { ...stream, write: (text: string) => written.push(text) } };
}

/** A clock that moves only when a test advances it. */
function manualClock() {
  let now = 0;
  const timers = new Set<{ readonly interval: number; readonly callback: () => void; next: number }>();
  const clock: Clock = {
    now: () => now,
    every(interval, callback) {
      const timer = { interval, callback, next: now + interval };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const advance = (ms: number) => {
    for (const end = now + ms; now < end; ) {
      now = Math.min(end, ...[...timers].map(({ next }) => next));
      for (const timer of [...timers].filter(({ next }) => next === now)) {
        timer.next += timer.interval;
        timer.callback();
      }
    }
  };
  return { clock, advance, timers: () => timers.size };
}

describe("progress", () => {
  it("redraws one line of a terminal, which is empty at the end", () => {
    const { written, stream } = recorded({ isTTY: true, columns: 30 });
    const progress = progressOn(stream);
    for (const fraction of [0, 0.001, 0.5]) progress.show({ label: "uploading", fraction });
    progress.end();
    expect(written).toEqual([
      "\ruploading [-----------]   0 %\x1b[K",
      "\ruploading [#####------]  50 %\x1b[K",
      "\r\x1b[K",
    ]);
  });

  it("assumes 80 columns if the terminal does not report its width", () => {
    const { written, stream } = recorded({ isTTY: true, columns: 0 });
    progressOn(stream).show({ label: "uploading", fraction: 1 });
    expect(written).toEqual([`\ruploading [${"#".repeat(40)}] 100 %\x1b[K`]);
  });

  it("writes plain lines to a pipe: each step once, and each tenth", () => {
    const { written, stream } = recorded({});
    const progress = progressOn(stream);
    progress.show({ label: "created" });
    for (let percent = 0; percent <= 100; percent += 4) progress.show({ label: "uploading", fraction: percent / 100 });
    for (const label of ["uploaded", "processing", "processing"]) progress.show({ label });
    progress.end();
    expect(written.map((line) => line.replace("uploading ", ""))).toEqual([
      "created\n",
      ...[0, 12, 20, 32, 40, 52, 60, 72, 80, 92, 100].map((percent) => `${percent} %\n`),
      "uploaded\n",
      "processing\n",
    ]);
  });

  it("is not shown in addition to JSON", () => {
    const { written, stream } = recorded({ isTTY: true });
    const { clock, advance, timers } = manualClock();
    const progress = progressOn(stream, true, clock);
    progress.show({ label: "processing" });
    advance(60_000);
    expect([written, timers()]).toEqual([[], 0]);
  });
});

describe("a step that lasts", () => {
  it("shows its elapsed time on a terminal, every second", () => {
    const { written, stream } = recorded({ isTTY: true, columns: 40 });
    const { clock, advance, timers } = manualClock();
    const progress = progressOn(stream, false, clock);
    progress.show({ label: "uploading", fraction: 0.5 });
    advance(5000);
    progress.show({ label: "processing" });
    advance(3000);
    progress.end();
    advance(3000);
    expect(written.slice(1)).toEqual([
      "\rprocessing\x1b[K",
      "\rprocessing (1 s)\x1b[K",
      "\rprocessing (2 s)\x1b[K",
      "\rprocessing (3 s)\x1b[K",
      "\r\x1b[K",
    ]);
    expect(timers()).toBe(0);
  });

  it("writes its elapsed time to a pipe, every ten seconds", () => {
    const { written, stream } = recorded({});
    const { clock, advance, timers } = manualClock();
    const progress = progressOn(stream, false, clock);
    progress.show({ label: "uploading", fraction: 1 });
    advance(25_000);
    progress.show({ label: "processing" });
    advance(43_000);
    progress.end();
    advance(43_000);
    expect(written).toEqual([
      "uploading 100 %\n",
      "processing\n",
      ...[10, 20, 30, 40].map((seconds) => `processing (${seconds} s)\n`),
    ]);
    expect(timers()).toBe(0);
  });

  it("counts from its beginning, even if its detail changes", () => {
    const { written, stream } = recorded({});
    const { clock, advance } = manualClock();
    const progress = progressOn(stream, false, clock);
    for (let accepted = 1000; accepted <= 9000; accepted += 1000) {
      progress.show({ label: "sending", detail: `${accepted} accepted` });
      advance(3000);
    }
    progress.end();
    expect(written).toEqual([
      "sending 1000 accepted\n",
      "sending 4000 accepted (10 s)\n",
      "sending 7000 accepted (20 s)\n",
    ]);
  });

  it("writes minutes and hours, each line once", () => {
    const { written, stream } = recorded({});
    const { clock, advance } = manualClock();
    const progress = progressOn(stream, false, clock);
    progress.show({ label: "processing" });
    advance(3_730_000);
    progress.end();
    for (const duration of ["50 s", "1 min 0 s", "1 min 10 s", "59 min 50 s", "1 h 0 min", "1 h 2 min"]) {
      expect(written).toContain(`processing (${duration})\n`);
    }
    expect(new Set(written).size).toBe(written.length);
  });

  it("starts at zero when another step begins", () => {
    const { written, stream } = recorded({});
    const { clock, advance } = manualClock();
    const progress = progressOn(stream, false, clock);
    for (const label of ["uploaded", "processing"]) {
      progress.show({ label });
      advance(12_000);
    }
    progress.end();
    expect(written).toEqual(["uploaded\n", "uploaded (10 s)\n", "processing\n", "processing (10 s)\n"]);
  });

  it("does not keep the process alive", async () => {
    const module = new URL("../../src/command/io/progress.ts", import.meta.url);
    const script = `
      import { progressOn } from ${JSON.stringify(module)};
      progressOn(process.stderr).show({ label: "processing" });
    `;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    onTestFinished(() => void child.kill("SIGKILL"));
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});

describe("the summary of an import", () => {
  const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
  it.each([
    [0, 0, "all rows were applied."],
    [1, 0, "but 1 row failed and was not applied."],
    [2, 1, "but 2 rows failed and were not applied, and 1 row was applied without the cells that did not fit."],
    [0, 3, "but 3 rows were applied without the cells that did not fit."],
  ])("counts %d failed rows and %d rows with warnings", (errors, warnings, end) => {
    const summary = importSummary({
      importId,
      status: "COMPLETED",
      summary: { errors, warnings },
      hasFailedRows: errors > 0,
    });
    expect(summary).toMatch(/^Import mem_import_01kkbk0tfteqn89st3b7v4f5y8 is completed[:,] /);
    expect(summary.endsWith(end)).toBe(true);
  });
});
