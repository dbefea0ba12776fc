/** How answers of success lie between the commits, in a trace of the system calls of a server. */
export interface Responses {
  /** How many there are. */
  readonly all: number;
  /** How many left before what was written to the log of the database since the answer before was on the disk, or without it. */
  readonly early: number;
}

/** The calls that a trace must hold. */
export const TRACED_CALLS = "fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg";

const LOG = "\\(\\d+<[^>]*memory\\.db-wal>";
const WRITE = new RegExp(`^\\d+ +(?:pwrite64|write|writev)${LOG}`);
const SYNC = new RegExp(`^(\\d+) +f(?:data)?sync${LOG}(?:\\) += 0)?`);
const SYNC_ENDS = /^(\d+) +<\.\.\. f(?:data)?sync resumed>\) += 0/;
const RESPONSE = /^\d+ +(?:write|writev|sendto|sendmsg)\(\d+<[^>]*>.*"HTTP\/1\.1 2/;

/**
 * @param trace what `strace -f -y` wrote while one request came after the other, each of which makes the database write. A line
 *   stands where its call began; one that was cut in two, for another thread's sake, ends with the second.
 */
export function responsesInTrace(trace: string): Responses {
  let [all, early, written, durable, previous] = [0, 0, 0, 0, 0];
  /** What had been written when the sync of a thread began. */
  const syncing = new Map<string, number>();
  for (const line of trace.split("\n")) {
    const [sync, begun = ""] = SYNC.exec(line) ?? [];
    const [, ended = ""] = SYNC_ENDS.exec(line) ?? [];
    if (WRITE.test(line)) written++;
    else if (sync?.endsWith("= 0")) durable = written;
    else if (sync !== undefined) syncing.set(begun, written);
    else if (ended !== "") durable = syncing.get(ended) ?? durable;
    else if (RESPONSE.test(line)) {
      all++;
      if (durable < written || durable === previous) early++;
      previous = written;
    }
  }
  return { all, early };
}
