import type { Plugin } from "esbuild";

/** Leaves out the transport over `node:http`, which other platforms do not have. */
export const withoutNodeHttp: Plugin = {
  name: "without-node-http",
  setup({ onLoad }) {
    onLoad({ filter: /platform-fetch\.ts$/ }, () => ({
      contents: 'export { webTransport as platformTransport } from "./web-fetch.ts";',
      loader: "ts",
    }));
  },
};
