import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/random/seeded-random.ts";
import { readFault } from "../../src/sandbox/faults/fault.ts";
import { Faults, type PlannedFault } from "../../src/sandbox/faults/faults.ts";

const fetchProfile = { operationId: "fetchProfile", method: "GET" } as const;
const createProfile = { operationId: "createProfile", method: "POST" } as const;
const unavailable = { kind: "status", status: 503 } as const;
const reset = { kind: "reset" } as const;

function planned(...plan: PlannedFault[]): Faults {
  const faults = new Faults(() => 1000, seededRandom("faults").fraction);
  faults.setPlan(plan);
  return faults;
}

describe("a plan of faults", () => {
  it("applies to every operation without a limit by default", () => {
    const faults = planned({ fault: reset });
    expect([fetchProfile, createProfile, fetchProfile].map((each) => faults.next(each))).toEqual([reset, reset, reset]);
  });

  it("applies to its operation and method", () => {
    const ofOperation = planned({ operationId: "fetchProfile", fault: reset });
    expect([fetchProfile, createProfile].map((each) => ofOperation.next(each))).toEqual([reset, undefined]);
    const ofMethod = planned({ method: "POST", fault: reset });
    expect([fetchProfile, createProfile].map((each) => ofMethod.next(each))).toEqual([undefined, reset]);
  });

  it("fires the given number of times, then the next fault that matches", () => {
    const faults = planned({ times: 2, fault: reset }, { times: 1, fault: unavailable });
    expect(faults.next(fetchProfile)).toEqual(reset);
    expect(faults.plan()).toEqual([
      { times: 1, fault: reset },
      { times: 1, fault: unavailable },
    ]);
    expect([1, 2, 3].map(() => faults.next(fetchProfile))).toEqual([reset, unavailable, undefined]);
    expect(faults.plan()).toEqual([]);
  });

  it("fires with its probability, and equally for the same seed", () => {
    const firings = () => {
      const faults = planned({ probability: 0.25, fault: reset });
      return Array.from({ length: 400 }, () => faults.next(fetchProfile) !== undefined);
    };
    expect(firings()).toEqual(firings());
    expect(firings().filter(Boolean).length).toBeGreaterThan(60);
    expect(firings().filter(Boolean).length).toBeLessThan(140);
  });

  it("lists the faults that fired", () => {
    const faults = planned({ operationId: "fetchProfile", fault: reset });
    faults.next(createProfile);
    faults.next(fetchProfile);
    faults.record(createProfile, unavailable);
    expect(faults.fired()).toEqual([
      { time: "1970-01-01T00:00:01.000Z", operationId: "fetchProfile", fault: reset },
      { time: "1970-01-01T00:00:01.000Z", operationId: "createProfile", fault: unavailable },
    ]);
  });

  it("can be cleared, with the faults that fired", () => {
    const faults = planned({ fault: reset });
    faults.next(fetchProfile);
    faults.clear();
    expect([faults.plan(), faults.fired(), faults.next(fetchProfile)]).toEqual([[], [], undefined]);
  });
});

describe("the fault header of a request", () => {
  it.each([
    ["status=503", { kind: "status", status: 503 }],
    ["status=429", { kind: "status", status: 429 }],
    ["status=404", { kind: "status", status: 404 }],
    ["status=502", { kind: "status", status: 502 }],
    ["latency=250", { kind: "latency", ms: 250 }],
    ["reset", { kind: "reset" }],
    ["truncate", { kind: "truncate" }],
    ["truncate=20", { kind: "truncate", bytes: 20 }],
    ["slow=100", { kind: "slow", bytesPerSecond: 100 }],
  ])("accepts %s", (text, fault) => {
    expect(readFault(text)).toEqual(fault);
  });

  it.each([
    "",
    "status",
    "status=200",
    "status=418",
    "latency",
    "latency=-1",
    "latency=1e9",
    "reset=1",
    "truncate=0",
    "slow=0",
    "slow",
    "x",
  ])("rejects %j", (text) => {
    expect(() => readFault(text)).toThrow("The header Memory-Sandbox-Fault must be status=<status>, latency=<ms>,");
  });
});
