/** An element with its content, in the order of the file. */
export interface XmlNode {
  /** Without prefix, in lower case. */
  readonly name: string;
  /** What its namespace is for: `dc`, `content`, `media`, `wp`, …; empty for the elements of the format itself. */
  readonly space: string;
  /** By name without prefix, in lower case. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly content: (string | XmlNode)[];
}

export function childrenOf(node: XmlNode, space: string, name: string): XmlNode[] {
  return node.content.filter(
    (each): each is XmlNode => typeof each !== 'string' && each.space === space && each.name === name,
  );
}

/** The text of the first such child that has any, trimmed; null where there is none. */
export function childText(node: XmlNode, space: string, name: string): string | null {
  for (const child of childrenOf(node, space, name)) {
    const text = textOf(child).trim();
    if (text !== '') return text;
  }
  return null;
}

/** All text below a node. Nodes are never deeper than their builder allows. */
export function textOf(node: XmlNode): string {
  return node.content.map((each) => (typeof each === 'string' ? each : textOf(each))).join('');
}

/** The content of a node as markup again, without prefixes. */
export function markupOf(node: XmlNode): string {
  return node.content
    .map((each) => {
      if (typeof each === 'string') return escaped(each);
      const attributes = [...each.attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
      return `<${each.name}${attributes}>${markupOf(each)}</${each.name}>`;
    })
    .join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
