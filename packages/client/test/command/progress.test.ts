import { describe, expect, it } from "vitest";
import { importSummary } from "../../src/command/import-command.ts";
import { type ProgressStream, progressLine, progressOn } from "../../src/command/io/progress.ts";

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

  it("has a bar of at most 40 columns, on the widest terminal, too", () => {
    const line = progressLine({ label: "sending", fraction: 0.25, detail: "1000 accepted" }, 200);
    expect(line).toBe(`sending [${"#".repeat(10)}${"-".repeat(30)}]  25 % 1000 accepted`);
  });

  it.each([80, 40, 29, 28, 20, 10, 2])("is never as wide as the terminal: %d columns", (columns) => {
    for (const detail of [undefined, "1000000 accepted"]) {
      expect(progressLine({ label: "uploading", fraction: 0.5, detail }, columns).length).toBeLessThan(columns);
      expect(progressLine({ label: "uploading", detail }, columns).length).toBeLessThan(columns);
    }
  });

  it("does without a bar where there is no room for one", () => {
    expect(progressLine({ label: "uploading", fraction: 0.5 }, 20)).toBe("uploading 50 %");
  });

  it("does without a bar where it is not known how much there is", () => {
    expect(progressLine({ label: "sending", detail: "1000 accepted" }, 80)).toBe("sending 1000 accepted");
  });
});

function recorded(stream: Omit<ProgressStream, "write">) {
  const written: string[] = [];
  return { written, stream: { ...stream, write: (text: string) => written.push(text) } };
}

describe("progress", () => {
  it("is drawn over and over in the line of a terminal, which is empty at the end", () => {
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

  it("fits a terminal that does not say how wide it is", () => {
    const { written, stream } = recorded({ isTTY: true, columns: 0 });
    progressOn(stream).show({ label: "uploading", fraction: 1 });
    expect(written).toEqual([`\ruploading [${"#".repeat(40)}] 100 %\x1b[K`]);
  });

  it("is plain lines in a pipe: each step once, and each tenth", () => {
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

  it("is not shown beside JSON", () => {
    const { written, stream } = recorded({ isTTY: true });
    const progress = progressOn(stream, true);
    progress.show({ label: "uploading", fraction: 1 });
    progress.end();
    expect(written).toEqual([]);
  });
});

describe("the summary of an import", () => {
  const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
  it.each([
    [0, 0, "all rows were applied."],
    [1, 0, "but 1 row failed and was not applied."],
    [2, 1, "but 2 rows failed and were not applied, and 1 row was applied without the cells that did not fit."],
    [0, 3, "but 3 rows were applied without the cells that did not fit."],
  ])("tells of %d failed rows and %d warnings", (errors, warnings, end) => {
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
