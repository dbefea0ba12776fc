import { describe, expect, it } from "vitest";
import { clientAddress, trustOf } from "../../src/http/checks/client-address.ts";

/** The address that counts if the proxy, the first of the addresses, forwarded the others, nearest first. */
const addressOf = (...ips: string[]) => clientAddress({ ip: ips.at(-1), ips });

describe("the address of a client", () => {
  it.each([
    ["203.0.113.5", "203.0.113.5"],
    ["203.0.113.5:4711", "203.0.113.5"],
    ["::ffff:203.0.113.5", "203.0.113.5"],
    ["[::ffff:203.0.113.5]:4711", "203.0.113.5"],
    ["[203.0.113.5]", "203.0.113.5"],
  ])("is read from %s", (forwarded, address) => {
    expect(addressOf("10.0.0.1", forwarded)).toBe(address);
  });

  it.each([
    "2001:db8:1:2::1",
    "[2001:db8:1:2::1]",
    "[2001:db8:1:2::1]:443",
    "2001:DB8:1:2:ffff:ffff:ffff:ffff",
    "2001:db8:1:2:0:0:0:0%eth0",
  ])("is the network of 64 bits for IPv6: %s", (forwarded) => {
    expect(addressOf("10.0.0.1", forwarded)).toBe("2001:db8:1:2::/64");
  });

  it("differs between networks of 64 bits", () => {
    expect(addressOf("2001:db8:1:3::1")).not.toBe(addressOf("2001:db8:1:2::1"));
    expect(addressOf("2001:db8:0:2::1")).not.toBe(addressOf("2001:db8:1:2::1"));
  });

  it.each([
    "unknown",
    "_hidden",
    "",
    "203.0.113",
    "203.0.113.5:",
    "203.0.113.5:port",
    "0x7f.1",
    "203.0.113.5, x",
    "[::1",
  ])("is that of the proxy if the proxy forwarded %j", (forwarded) => {
    expect(addressOf("10.0.0.1", forwarded)).toBe("10.0.0.1");
    expect(addressOf("10.0.0.1", "10.0.0.2", forwarded)).toBe("10.0.0.2");
  });

  it("is that of the connection if no proxy is trusted", () => {
    expect(clientAddress({ ip: "203.0.113.5" })).toBe("203.0.113.5");
    expect(clientAddress({ ip: undefined })).toBe("unknown");
  });
});

describe("a trusted proxy", () => {
  it.each([
    ["10.0.0.0/8", "10.1.2.3", "11.0.0.1"],
    ["10.0.0.0/8", "::ffff:10.1.2.3", "::ffff:11.0.0.1"],
    ["10.0.0.0/8", "10.1.2.3:4711", "11.0.0.1:4711"],
    ["10.1.2.3", "10.1.2.3", "10.1.2.4"],
    ["::ffff:10.0.0.0/104", "10.1.2.3", "11.0.0.1"],
    ["fd00::/8", "[fd12::1]:443", "fe00::1"],
    ["2001:db8::/56", "2001:db8:0:ff::1", "2001:db8:0:100::1"],
    ["2001:db8::/65", "2001:db8::7fff:0:0:1", "2001:db8::8000:0:0:1"],
    ["2001:db8::/96", "2001:db8::ffff:1", "2001:db8::1:0:1"],
    ["2001:db8::2/127", "2001:db8::3", "2001:db8::4"],
    ["2001:db8::1/128", "2001:db8::1", "2001:db8::2"],
    ["2001:db8::1", "2001:db8::1", "2001:db8::2"],
    ["::/1", "2001:db8::1", "8000::1"],
  ])("%s covers %s, but not %s", (network, covered, other) => {
    const trust = trustOf(["192.0.2.1", network]);
    expect([trust(covered), trust(other)]).toEqual([true, false]);
  });

  it("is never something that is not an address", () => {
    expect(trustOf(["0.0.0.0/1", "::/1"])("unknown")).toBe(false);
  });
});
