import { childrenOf, childText, type XmlNode } from '../xml/xml-node.js';

/** Why an entry is no published text, as the exports of Blogger tell it; null for what is one. */
export function reasonToLeaveOut(entry: XmlNode): string | null {
  const kind = kindOf(entry);
  if (kind === 'comment') return 'comment under a post';
  if (kind !== null && kind !== 'post' && kind !== 'page') return 'setting of the site, not a text';
  const control = childrenOf(entry, 'app', 'control')[0] ?? entry;
  const status = childText(entry, 'blogger', 'status')?.toLowerCase() ?? 'live';
  if (childText(control, 'app', 'draft') === 'yes' || status === 'draft') return 'draft, not published';
  if (status === 'soft_trashed' || status === 'trashed') return 'in the trash';
  return status === 'scheduled' ? 'scheduled, not published' : null;
}

function kindOf(entry: XmlNode): string | null {
  const type = childText(entry, 'blogger', 'type');
  if (type !== null) return type.toLowerCase();
  const category = childrenOf(entry, '', 'category').find((each) =>
    each.attributes.get('scheme')?.includes('#kind'),
  );
  return /#(\w+)$/.exec(category?.attributes.get('term') ?? '')?.[1] ?? null;
}
