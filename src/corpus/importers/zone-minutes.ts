/** Names of zones that mean one offset alone, in minutes east of UTC. */
const ZONE_MINUTES: ReadonlyMap<string, number> = new Map([
  ['Z', 0],
  ['UT', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['WET', 0],
  ['WEST', 60],
  ['BST', 60],
  ['CET', 60],
  ['MEZ', 60],
  ['CEST', 120],
  ['MESZ', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['JST', 540],
  ['KST', 540],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420],
]);
const OFFSET = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?$/;

/** The offset of a zone in minutes east of UTC: `CET`, `+0200`, `GMT-5`; null for what is unknown. */
export function zoneMinutes(name: string): number | null {
  const known = ZONE_MINUTES.get(name.toUpperCase());
  if (known !== undefined) return known;
  const offset = OFFSET.exec(name);
  if (offset === null) return null;
  return (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3] ?? 0));
}
