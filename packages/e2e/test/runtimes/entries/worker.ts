// On workerd: runs the suite as a request says, and answers with the results.
import { runCoreSuite } from "../suite/core-suite.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await runCoreSuite(Object(await request.json())));
  },
};
