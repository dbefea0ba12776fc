import { type DestinationStream, type Logger, pino } from "pino";
import type { Settings } from "../configuration/settings.ts";

/** Writes lines of JSON, each with the name of its level and its time in UTC (ISO 8601). */
export function createLogger({ logLevel }: Pick<Settings, "logLevel">, destination: DestinationStream): Logger {
  return pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    destination,
  );
}
