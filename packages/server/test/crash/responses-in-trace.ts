/** Counts of 2xx responses in a system call trace of a server. */
export interface Responses {
  /** Number of responses. */
  readonly all: number;
  /** Number of responses that were sent without a database write since the previous response, or before it was synced to disk. */
  readonly early: number;
}

/** System calls that the trace must contain. */
export const TRACED_CALLS = "fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg";

const LOG = "\\(\\d+<[^>]*memory\\.db-wal>";
const WRITE = new RegExp(`^\\d+ +(?:pwrite64|write|writev)${LOG}`);
const SYNC = new RegExp(`^(\\d+) +f(?:data)?sync${LOG}(?:\\) += 0)?`);
const SYNC_ENDS = /^(\d+) +<\.\.\. f(?:data)?sync resumed>\) += 0/;
const RESPONSE = /^\d+ +(?:write|writev|sendto|sendmsg)\(\d+<[^>]*>.*"HTTP\/1\.1 2/;

/**
 * @param trace output of `strace -f -y` for sequential requests that each write to the database. A line marks the start of a call.
 *   A call that another thread interrupts has a second line, which marks its end.
 */
export function responsesInTrace(trace: string): Responses {
  let [all, early, written, durable, previous] = [0, 0, 0, 0, 0];
  /** Number of writes when the current sync of each thread began. */
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
