import { describeProcesses } from "../postgres/describe-processes.ts";
import { reasonToSkip, useCitus } from "./use-citus.ts";

const citus = useCitus();
describeProcesses("Citus: ", reasonToSkip === undefined ? citus.create : undefined);
