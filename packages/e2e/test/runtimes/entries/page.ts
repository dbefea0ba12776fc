// On a page: leaves the suite where a test can reach it.
import { runCoreSuite } from "../suite/core-suite.ts";

Object.assign(globalThis, { runCoreSuite });
