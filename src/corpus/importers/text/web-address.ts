const MAX_CHARS = 2_000;

/** The address of a web page, or null for what is none. */
export function webAddressOf(value: string | null | undefined): string | null {
  const address = value?.trim() ?? '';
  if (address.length > MAX_CHARS || !URL.canParse(address)) return null;
  return /^https?:$/.test(new URL(address).protocol) ? address.toWellFormed() : null;
}
