import { describeProcesses } from "./describe-processes.ts";
import { reasonToSkip } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();
describeProcesses("", reasonToSkip === undefined ? createDatabase : undefined);
