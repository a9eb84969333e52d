import { BlockList, isIP } from 'node:net';

/** Whether an address is one of the proxies that TRUSTED_PROXIES names (read and checked by the configuration). */
export function trustedProxies(networks: readonly string[]): (address: string) => boolean {
  const trusted = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (length === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(length), family);
  }
  // An IPv4 address may arrive written as IPv6 (`::ffff:10.0.0.5`); the list knows the two as one.
  return (address) => isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
