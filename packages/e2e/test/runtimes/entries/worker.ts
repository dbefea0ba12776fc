// Entry for workerd. Runs the suite and returns the results. The request body contains the settings.
import { runCoreSuite } from "../suite/core-suite.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(await runCoreSuite(Object(await request.json())));
  },
};
