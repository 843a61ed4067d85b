import { BlockList, isIP } from 'node:net';

/** Networks that are not the internet (RFC 6890, RFC 4193, RFC 4291): what answers there is somebody's own. */
const inside = new BlockList();
/** IPv6 that ends in an IPv4 address, and leads where that one does: mapped (RFC 4291), through NAT64 (RFC 6052). */
const ENDS_IN_IPV4 = ['::ffff:', '64:ff9b::'];
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  inside.addSubnet(net, bits, 'ipv4');
  for (const before of ENDS_IN_IPV4) inside.addSubnet(`${before}${net}`, 96 + bits, 'ipv6');
}
for (const [net, bits] of [
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b:1::', 48],
  // Tunnels: Teredo, 6to4.
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

/** T17, T20: an address that no page or file of a stranger may lead to. Whatever is no address counts as one. */
export const isPrivateAddress = (address: string): boolean => {
  const plain = address.replace(/%.*$/u, '');
  const family = isIP(plain);
  return family === 0 || inside.check(plain, family === 4 ? 'ipv4' : 'ipv6');
};
