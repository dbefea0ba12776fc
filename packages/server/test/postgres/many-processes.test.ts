import { describeManyProcesses } from "./describe-many-processes.ts";
import { usePostgres } from "./use-postgres.ts";

describeManyProcesses("processes on one database", usePostgres());
