import { describeManyProcesses } from "./describe-many-processes.ts";
import { usePostgres } from "./use-postgres.ts";

describeManyProcesses("one database", usePostgres());
