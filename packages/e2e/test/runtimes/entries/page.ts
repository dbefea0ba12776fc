// Entry for a page. Makes the suite available to the test.
import { runCoreSuite } from "../suite/core-suite.ts";

Object.assign(globalThis, { runCoreSuite });
