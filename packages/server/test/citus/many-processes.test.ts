import { describeManyProcesses } from "../postgres/describe-many-processes.ts";
import { useCitus } from "./use-citus.ts";

describeManyProcesses("Citus: processes on one database", useCitus().create);
