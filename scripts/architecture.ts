// `pnpm run architecture` updates the picture of the packages in ARCHITECTURE.md.
import { readFile, writeFile } from "node:fs/promises";
import { essentialEdges, packageGraph, picture, withPicture } from "./architecture/package-graph.ts";
import { root } from "./turbo.ts";

const file = `${root}ARCHITECTURE.md`;
const edges = essentialEdges(await packageGraph(root));
await writeFile(file, withPicture(await readFile(file, "utf8"), picture(edges)));
