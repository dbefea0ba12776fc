import { describeManyProcesses } from "../postgres/describe-many-processes.ts";
import { usePgBouncer } from "./use-pgbouncer.ts";

describeManyProcesses("processes on one database behind PgBouncer", usePgBouncer());
