/** A longer address is one of tracking, not of reading. */
const MAX_URL_CHARS = 400;

/** How the address of a link is told after its text; empty where the text says it already or it leads nowhere. */
export function linkSuffix(href: string, linkText: string): string {
  const address = href.trim();
  const text = linkText.replaceAll(/\s+/g, ' ').trim();
  if (text === '' || address.length > MAX_URL_CHARS || !/^(?:https?:\/\/|mailto:)./i.test(address)) return '';
  // A mention or a hashtag is its own address.
  if (/^[#@＃＠][^\s]+$/u.test(text)) return '';
  const target = address.replace(/^mailto:/i, '').replace(/^([^?]*@[^?]*)\?.*$/, '$1');
  return bare(target) === bare(text) ? '' : ` (${target})`;
}

function bare(address: string): string {
  return address
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/$/, '');
}
