import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { profilesOf } from "../support/requests.ts";
import { type Request, sendRequest } from "../support/send-request.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { importFile } from "./fetch-import.ts";
import { startWholeServer } from "./whole-server.ts";

const MIB = 1024 * 1024;
const columns = [
  ["Email", "Contact", "email"],
  ["Name", "Contact", "firstName"],
] as const;
const HEADER = "Email,Name\n";
const row = (number: number, name = "Ada") => `ada.${number}@example.com,${name}\n`;
const rows = (count: number) => Array.from({ length: count }, (_, number) => row(number)).join("");

const completed = (errors: number, warnings: number) => ({ status: "COMPLETED", summary: { errors, warnings } });
const failed = { status: "FAILED" };

const files: Record<string, [file: string | Uint8Array, end: object, profiles: number]> = {
  "rows of a MiB": [HEADER + [1, 2, 3].map((number) => row(number, "a".repeat(MIB))).join(""), completed(0, 3), 3],
  "a column of a MiB that is not mapped": [
    `Email,Name,Note\na@example.com,Ada,${"a".repeat(MIB)}\n`,
    completed(0, 0),
    1,
  ],
  "a row of 5 MiB": [HEADER + row(1) + row(2, "a".repeat(5 * MIB)), failed, 0],
  "a quote that does not end": [`${HEADER}${row(1)}a@example.com,"${"a,\n".repeat(2 * MIB)}`, failed, 0],
  "a quote that does not end, before the end of the file": [`${HEADER}${row(1)}a@example.com,"Ada\n`, failed, 0],
  "3 MiB of quotes": [`${HEADER}${row(1)}${'"'.repeat(3 * MIB)}`, completed(1, 0), 1],
  "a cell of a million pairs of quotes": [`${HEADER}a@example.com,"${'""'.repeat(MIB)}"\n`, completed(0, 1), 1],
  "quotes where none may be": [`${HEADER}${row(1)}a@exa"mple.com,A"da"\n`, failed, 0],
  "100,000 columns": [`Email,Name${",x".repeat(100_000)}\n${row(1)}`, failed, 0],
  "a row of 100,000 cells": [`${HEADER}${row(1)}${"x,".repeat(100_000)}x\n${row(2)}`, completed(1, 0), 2],
  "a million empty lines": [`${HEADER}${row(1)}${"\n".repeat(1_000_000)}${row(2)}`, completed(0, 0), 2],
  "bytes that are no UTF-8 behind 2000 rows": [
    Buffer.concat([Buffer.from(HEADER + rows(2000)), Buffer.from([0xff, 0x0a])]),
    failed,
    1000,
  ],
  "UTF-16": [Buffer.from(`\ufeff${HEADER}${row(1)}`, "utf16le"), failed, 0],
  "nothing but NULs": [new Uint8Array(MIB), failed, 0],
  "nothing but line breaks": ["\n".repeat(MIB), failed, 0],
  "NULs in cells": [`${HEADER}a@example.com,A\0da\n\0@example.com,Eve\n`, completed(1, 0), 1],
  "a file that is packed": [gzipSync(HEADER + rows(1000)), failed, 0],
  "lines that end in CR alone": [`${HEADER}${row(1)}`.replaceAll("\n", "\r"), failed, 0],
  "what a spreadsheet would run": [`${HEADER}a@example.com,"=cmd|' /C calc'!A0"\n`, completed(0, 0), 1],
};

describe("a hostile file", () => {
  it.each(Object.entries(files))(
    "ends like any import, and the server continues: %s",
    async (_, [file, end, profiles]) => {
      const server = await startWholeServer();
      expect(await importFile(server, Buffer.from(file), columns)).toMatchObject(end);
      const { body } = await server.send({ method: "GET", target: `${profilesOf(storeId)}?pageSize=100` });
      expect(Object(body).profiles).toHaveLength(Math.min(100, profiles));
      expect(await importFile(server, Buffer.from(`${HEADER}eve@example.com,Eve\n`), columns)).toMatchObject({
        status: "COMPLETED",
      });
    },
  );

  it.for([
    ["rows of a MiB", `${HEADER}${row(1, "a".repeat(MIB)).repeat(90)}`],
    ["a quote that does not end", `${HEADER}a@example.com,"${"a,\n".repeat(30 * MIB)}`],
  ])("takes less memory than its size: %s", async ([, text = ""], { skip }) => {
    skip(process.platform !== "linux", "only Linux tells the peak of another process");
    const settings = { ...settingsForTests, dataFolder: await temporaryFolder() };
    const server = await startServerProcess(settings);
    const sender = { send: (request: Request) => sendRequest(server.url, request) };
    await importFile(sender, Buffer.from(HEADER + rows(20_000)), columns);
    const before = await peakMemory(server.pid);
    const file = Buffer.from(text);
    await importFile(sender, file, columns);
    expect((await peakMemory(server.pid)) - before).toBeLessThan(file.length);
  });
});

/** The peak memory of the process in bytes. */
async function peakMemory(pid: number): Promise<number> {
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kibibytes) * 1024;
}
