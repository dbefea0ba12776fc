import { describeManyProcesses } from "../postgres/describe-many-processes.ts";
import { usePgBouncer } from "./use-pgbouncer.ts";

describeManyProcesses("one database behind PgBouncer", usePgBouncer());
