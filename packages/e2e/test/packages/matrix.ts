// The table of what is installed, loaded and compiled, from which matrix.test.ts makes its tests.
import { oldestNodeVersion, oldestServerNodeVersion } from "../consumer/install-consumer.ts";

/**
 * The oldest TypeScript that compiles everything. 5.7 rejects `require` of ES modules, and older versions do not know the generic
 * `Uint8Array` of the client.
 */
export const oldestTypeScript = "5.8";

/** An entry point of a package. */
export interface EntryPoint {
  /** The package and the subpath, as in `exports`. */
  readonly name: string;
  readonly kind: "module" | "types" | "json" | "yaml";
  /** The specifier to load, if `name` has a wildcard. */
  readonly specifier: string;
}

const entryPoint = (name: string, kind: EntryPoint["kind"], specifier = name): EntryPoint => ({
  name: `@memory-api/${name}`,
  kind,
  specifier: `@memory-api/${specifier}`,
});

export const entryPoints: readonly EntryPoint[] = [
  entryPoint("spec", "module"),
  entryPoint("spec/contract.json", "json"),
  entryPoint("spec/openapi.yaml", "yaml"),
  entryPoint("spec/openapi.json", "json"),
  entryPoint("spec/openapi.dereferenced.json", "json"),
  entryPoint("spec/schemas/*.json", "json", "spec/schemas/Profile.json"),
  entryPoint("spec/workflows/*", "yaml", "spec/workflows/import-csv.arazzo.yaml"),
  entryPoint("spec/package.json", "json"),
  entryPoint("types", "module"),
  entryPoint("types/schemas", "types"),
  entryPoint("types/openapi", "types"),
  entryPoint("types/bounds", "module"),
  entryPoint("types/package.json", "json"),
  entryPoint("client", "module"),
  entryPoint("client/openapi-fetch", "module"),
  entryPoint("client/undici", "module"),
  entryPoint("client/opentelemetry", "module"),
  entryPoint("client/package.json", "json"),
  entryPoint("mock", "module"),
  entryPoint("mock/package.json", "json"),
  entryPoint("server", "module"),
  entryPoint("server/configuration.schema.json", "json"),
  entryPoint("server/package.json", "json"),
  entryPoint("json-schema-arbitrary", "module"),
  entryPoint("json-schema-arbitrary/package.json", "json"),
  entryPoint("conformance", "module"),
  entryPoint("conformance/consumer", "module"),
  entryPoint("conformance/vitest", "module"),
  entryPoint("conformance/usage-manifest.schema.json", "json"),
  entryPoint("conformance/package.json", "json"),
];

/** A command of a package. */
export interface Command {
  readonly name: string;
  readonly package: string;
}

export const commands: readonly Command[] = [
  { name: "memory", package: "@memory-api/client" },
  { name: "memory-mock", package: "@memory-api/mock" },
  { name: "memory-server", package: "@memory-api/server" },
  { name: "memory-conformance", package: "@memory-api/conformance" },
];

/** A folder in which the packages are installed. */
export type ProjectName =
  | "npm"
  | "npm, no optional peers"
  | "npm, for a browser"
  | "pnpm"
  | "Yarn, node_modules"
  | "Yarn, PnP";

export type Mode = "import" | "require";

/** A program that loads entry points. */
export interface Loader {
  readonly name: string;
  readonly project: ProjectName;
  readonly runtime: string;
  readonly modes: readonly Mode[];
  /** Whether `test` runs it, too. */
  readonly isSample: boolean;
}

const loader = (name: string, others: Partial<Loader> = {}): Loader => ({
  name,
  project: "npm",
  runtime: name,
  modes: ["import", "require"],
  isSample: false,
  ...others,
});
/** The other managers are not combined with the other runtimes, because they change where files are, and not their content. */
const onNode24 = (project: ProjectName): Loader => loader(project, { project, runtime: "Node.js 24" });

export const loaders: readonly Loader[] = [
  loader(`Node.js ${oldestNodeVersion}`, { isSample: true }),
  loader(`Node.js ${oldestServerNodeVersion}`),
  loader("Node.js 24", { isSample: true }),
  loader("Node.js 26.10"),
  loader("Bun"),
  loader("Deno"),
  loader("workerd", { modes: ["import"] }),
  loader("Chromium", { modes: ["import"] }),
  onNode24("npm, no optional peers"),
  onNode24("pnpm"),
  onNode24("Yarn, node_modules"),
  onNode24("Yarn, PnP"),
];

/** A run of a TypeScript compiler, with `strict`, `noUncheckedIndexedAccess` and without `skipLibCheck`. */
export interface Compilation {
  readonly name: string;
  readonly project: ProjectName;
  /** The beginning of the version. */
  readonly typeScript: string;
  /** `browser` is `bundler` with the library `dom`, and without the types of Node.js. */
  readonly environment: "nodenext" | "bundler" | "browser";
  readonly exactOptionalPropertyTypes: boolean;
  readonly modes: readonly Mode[];
  readonly isSample: boolean;
}

const compilation = (
  typeScript: string,
  environment: Compilation["environment"],
  others: Partial<Compilation> = {},
) => ({
  name: `${typeScript} ${environment}`,
  project: environment === "browser" ? ("npm, for a browser" as const) : ("npm" as const),
  typeScript,
  environment,
  exactOptionalPropertyTypes: true,
  // In CommonJS modules. `bundler` compiles only ES modules.
  modes: environment === "nodenext" ? (["import", "require"] as const) : (["import"] as const),
  isSample: false,
  ...others,
});
/** The version 7 does not know Yarn's PnP. The layouts of the other managers differ from npm's only in where types are found. */
const withManager = (project: ProjectName, typeScript = "5.9"): Compilation =>
  compilation(typeScript, "nodenext", { name: `${typeScript} ${project}`, project });

export const compilations: readonly Compilation[] = [
  ...[oldestTypeScript, "5.9", "6.0", "7.0"].flatMap((version) => [
    compilation(version, "nodenext", { isSample: [oldestTypeScript, "7.0"].includes(version) }),
    compilation(version, "bundler"),
    compilation(version, "browser"),
    compilation(version, "nodenext", { name: `${version} not exact`, exactOptionalPropertyTypes: false }),
  ]),
  withManager("npm, no optional peers"),
  withManager("pnpm"),
  withManager("pnpm", "7.0"),
  withManager("Yarn, node_modules"),
  withManager("Yarn, node_modules", "7.0"),
  withManager("Yarn, PnP"),
];

const optionalPeers = ["client/openapi-fetch", "client/undici", "client/opentelemetry", "conformance/vitest"];
const ofNodeOnly = ["client/undici", "mock", "server", "conformance", "conformance/consumer", "conformance/vitest"];
const is = ({ name }: EntryPoint, names: readonly string[]) => names.includes(name.replace("@memory-api/", ""));
const isOfNode = ({ name }: EntryPoint) => /^@memory-api\/(mock|server|conformance)\b/.test(name);
const isWeb = (runtime: string) => runtime === "workerd" || runtime === "Chromium";

/** Returns why an entry point is not loaded by a program, or `undefined` if it is. */
export function reasonNotToLoad(entry: EntryPoint, { project, runtime }: Loader): string | undefined {
  const { name, kind } = entry;
  if (project === "npm, no optional peers" && is(entry, optionalPeers)) return "needs an optional peer dependency";
  if (runtime === `Node.js ${oldestNodeVersion}` && name.startsWith("@memory-api/server")) {
    return `the engines of the server start at Node.js ${oldestServerNodeVersion}, which has node:sqlite`;
  }
  if (isWeb(runtime) && kind === "yaml") return "bundlers do not load YAML; the same contract is there as JSON";
  if (isWeb(runtime) && is(entry, ["spec"]))
    return "reads its files from the disk; the JSON subpaths have the same content";
  if (isWeb(runtime) && is(entry, ofNodeOnly)) return "uses sockets, files or threads of Node.js";
  if (runtime === "workerd" && is(entry, ["json-schema-arbitrary"])) {
    return "Ajv compiles schemas with the Function constructor, which workerd forbids";
  }
  return undefined;
}

/** Returns why an entry point is not compiled, or `undefined` if it is. */
export function reasonNotToCompile(entry: EntryPoint, compilation: Compilation): string | undefined {
  const { project, environment } = compilation;
  if (entry.kind === "yaml") return "YAML has no types";
  if (project === "npm, no optional peers" && is(entry, optionalPeers)) return "needs an optional peer dependency";
  if (environment === "browser" && (is(entry, ["client/undici", "spec"]) || isOfNode(entry))) {
    return "is for Node.js";
  }
  return undefined;
}

/** Returns why a command does not run, or `undefined` if it does. */
export function reasonNotToRun({ name }: Command, { runtime }: Loader): string | undefined {
  if (isWeb(runtime)) return "commands are processes";
  if (runtime === "Bun" || runtime === "Deno") return "the first line of a command names node";
  if (name === "memory-server" && runtime === `Node.js ${oldestNodeVersion}`) {
    return `the engines of the server start at Node.js ${oldestServerNodeVersion}, which has node:sqlite`;
  }
  return undefined;
}
