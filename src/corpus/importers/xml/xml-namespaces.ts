/** By what stands in a namespace's address, whatever prefix and version a file gives it. */
const SPACES: readonly (readonly [RegExp, string])[] = [
  [/purl\.org\/dc\/|purl\.org\/metadata\/dublin_core/, 'dc'],
  [/purl\.org\/rss\/1\.0\/modules\/content/, 'content'],
  [/wordpress\.org\/export\/.*excerpt/, 'excerpt'],
  [/wordpress\.org\/export\//, 'wp'],
  [/search\.yahoo\.com\/mrss|\/tags\/mrss/, 'media'],
  [/itunes\.com\/dtds/, 'itunes'],
  [/purl\.org\/syndication\/thread/, 'thr'],
  [/w3\.org\/2007\/app|purl\.org\/atom\/app/, 'app'],
  [/schemas\.google\.com\/blogger/, 'blogger'],
  [/w3\.org\/1999\/xhtml/, 'xhtml'],
  [/w3\.org\/2005\/atom|purl\.org\/atom\/ns/, ''],
  [
    /purl\.org\/(?:rss\/1\.0|net\/rss1\.1)\/?#?$|my\.netscape\.com\/rdf|(?:backend|blogs)\.userland|w3\.org\/1999\/02\/22-rdf-syntax/,
    '',
  ],
];
const USUAL_PREFIXES = new Set(
  'dc dcterms content excerpt wp media itunes thr app blogger xhtml slash wfw feedburner georss gd'.split(
    ' ',
  ),
);

export type Prefixes = ReadonlyMap<string, string>;

/** The prefixes that hold inside an element: those around it and those it declares. */
export function prefixesWithin(outer: Prefixes, attributes: Readonly<Record<string, string>>): Prefixes {
  const declared = Object.entries(attributes).filter(([name]) => /^xmlns(?::|$)/.test(name));
  if (declared.length === 0) return outer;
  const inner = new Map(outer);
  for (const [name, address] of declared) inner.set(name.slice('xmlns:'.length), spaceOf(name, address));
  return inner;
}

/** An element's name without its prefix, and what its namespace is for. */
export function resolved(
  name: string,
  prefixes: Prefixes,
): { readonly name: string; readonly space: string } {
  const colon = name.indexOf(':');
  const prefix = colon === -1 ? '' : name.slice(0, colon);
  const undeclared = prefix === 'dcterms' ? 'dc' : USUAL_PREFIXES.has(prefix) ? prefix : '';
  return { name: name.slice(colon + 1), space: prefixes.get(prefix) ?? undeclared };
}

/** A namespace that nobody knows keeps what is in it apart; as the default it is taken for the format's own. */
function spaceOf(declaration: string, address: string): string {
  const known = SPACES.find(([pattern]) => pattern.test(address.toLowerCase()))?.[1];
  return known ?? (declaration === 'xmlns' ? '' : declaration.slice('xmlns:'.length));
}
