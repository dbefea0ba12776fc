import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import ipaddr from "ipaddr.js";

/** An address as proxies forward it: `203.0.113.5`, `203.0.113.5:4711`, `2001:db8::1` or `[2001:db8::1]:443`. */
const WITH_PORT = /^(?:\[(?<bracketed>.+)\]|(?<plain>[^:]+))(?::\d+)?$/;

/** The bits of an IPv6 address that name a network. One subscriber usually has at least all addresses of such a network. */
const IPV6_NETWORK_BITS = 64;
/** The bits before the IPv4 address in an IPv6 address that stands for one. */
const MAPPED_BITS = 96;

/**
 * The client that a request counts for: its IPv4 address, or its IPv6 network of 64 bits. If a trusted proxy forwarded something that is
 * not an address, it is the address of that proxy.
 */
export function clientAddress({ ip, ips = [] }: { ip: string | undefined } & Pick<FastifyRequest, "ips">): string {
  for (const text of [ip, ...ips.toReversed()]) {
    const network = networkOf(text ?? "");
    if (network !== undefined) return network;
  }
  return "unknown";
}

/** The last address, and its network: the requests of a connection have the same address. */
let last: { readonly text: string; readonly network: string | undefined } = { text: "", network: undefined };

function networkOf(text: string): string | undefined {
  if (text === last.text) return last.network;
  const address = parseAddress(text);
  last = { text, network: address && toNetwork(address) };
  return last.network;
}

/**
 * @param networks IP addresses, and networks such as `10.0.0.0/8`
 * @returns whether an address that may have a port is in one of them
 */
export function trustOf(networks: readonly string[]): (text: string) => boolean {
  const ranges = networks.map((network): [ipaddr.IPv6, number] => {
    const [text = "", bits] = network.split("/");
    const address = ipaddr.parse(text);
    const isIpv4 = address.kind() === "ipv4";
    return [toIpv6(address), bits === undefined ? 128 : Number(bits) + (isIpv4 ? MAPPED_BITS : 0)];
  });
  return (text) => {
    const address = parseAddress(text);
    return address !== undefined && ranges.some(([range, bits]) => toIpv6(address).match(range, bits));
  };
}

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const { bracketed, plain } = WITH_PORT.exec(text)?.groups ?? {};
  const address = bracketed ?? plain ?? text;
  // The library also reads `1` and `0x7f.1`, which are not addresses here.
  return isIP(address) === 0 ? undefined : ipaddr.process(address);
}

function toNetwork(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/${IPV6_NETWORK_BITS}`)}/${IPV6_NETWORK_BITS}`;
}

function toIpv6(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv6 {
  return address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress() : address;
}
