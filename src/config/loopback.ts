/** Whether a URL's host is this machine: `localhost`, 127.0.0.0/8 or ::1; any other name could lead elsewhere. */
export function isLoopbackUrl(url: string): boolean {
  // The parser has already written every form of an IPv4 address (127.1, 0x7f000001) as four numbers.
  const host = new URL(url).hostname.replace(/\.$/, '');
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
