import { type DestinationStream, type Logger, pino } from "pino";
import type { Settings } from "../configuration/settings.ts";

/** Writes lines of JSON, each with the name of its level and its time in UTC (ISO 8601). */
export function createLogger({ logLevel }: Pick<Settings, "logLevel">, destination: DestinationStream): Logger {
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: createTimestamp(),
      formatters: { level: (level) => ({ level }) },
    },
    destination,
  );
}

/** As `pino.stdTimeFunctions.isoTime`, but formats each millisecond once: the format would take as long as the rest of the line. */
function createTimestamp(): () => string {
  let last = Number.NaN;
  let text = "";
  return () => {
    const now = Date.now();
    if (now !== last) {
      last = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}
