// Makes dist/ from the contract: `node build/build.js`.
import { fileURLToPath } from "node:url";
import { buildContract } from "./build-contract.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version, sha256 } = await buildContract(root, `${root}dist`);
console.log(`contract ${version} built, sha256 ${sha256.slice(0, 12)}`);
