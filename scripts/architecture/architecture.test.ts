import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../turbo.ts";
import { type Edge, essentialEdges, packageGraph, picture, withPicture } from "./package-graph.ts";

const page = await readFile(`${root}ARCHITECTURE.md`, "utf8");

describe("the picture in ARCHITECTURE.md", () => {
  it("shows the packages as they use each other", async () => {
    const edges = essentialEdges(await packageGraph(root));
    expect(page, "Run: npx -y pnpm@12 run architecture").toBe(withPicture(page, picture(edges)));
  });

  it("shows that the kit is built from the arbitraries, and that these know nothing of the contract", async () => {
    const edges = await packageGraph(root);
    expect(edges).toContainEqual({ from: "json-schema-arbitrary", to: "conformance", isForTests: false });
    expect(edges.filter(({ to, isForTests }) => to === "json-schema-arbitrary" && !isForTests)).toEqual([]);
  });

  it("omits what other arrows imply, but no use of a package that only its tests imply", () => {
    const uses = (from: string, to: string): Edge => ({ from, to, isForTests: false });
    const tests = (from: string, to: string): Edge => ({ from, to, isForTests: true });
    const edges = [uses("a", "b"), uses("b", "c"), uses("a", "c"), tests("c", "d"), uses("a", "d"), tests("b", "d")];
    expect(essentialEdges(edges)).toEqual([uses("a", "b"), uses("b", "c"), tests("c", "d"), uses("a", "d")]);
  });
});

describe("the dependencies in ARCHITECTURE.md", async () => {
  const [, section = ""] = page.split("\n## Dependencies\n");
  const named = [...section.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
  const { catalog }: { catalog: Record<string, string> } = parse(await readFile(`${root}pnpm-workspace.yaml`, "utf8"));

  it("are all in the catalog", () => {
    expect(named.filter((name) => catalog[name] === undefined)).toEqual([]);
  });

  it("are complete: each entry of the catalog has a line, or is the types of one that has", () => {
    const missing = Object.keys(catalog).filter(
      (name) => !named.includes(name.replace("@types/", "")) && !named.includes(name),
    );
    expect(missing, "Add a line to the section Dependencies of ARCHITECTURE.md").toEqual([]);
  });

  it("have one line each", () => {
    expect(named.filter((name, index) => named.indexOf(name) !== index)).toEqual([]);
  });
});
