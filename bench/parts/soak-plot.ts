import { PRESSURES, type Pressure, type SoakSample } from './soak-monitor.js';

const WIDTH = 960;
const LEFT = 70;
const RIGHT = 20;
const PANEL_HEIGHT = 150;
const GAP = 46;
const TOP = 56;
const MIB = 1024 ** 2;
const TICKS = 4;
const BANDS: Readonly<Record<Pressure, string>> = { ok: '#ffffff', warn: '#fde9b8', limit: '#f5b5ad' };

interface Line {
  readonly name: string;
  readonly color: string;
  readonly values: readonly number[];
}

interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
  /** A limit that a dashed line marks. */
  readonly limit: number | null;
  /** Whether a value holds until the next. */
  readonly inSteps: boolean;
  readonly most: number;
}

/** Resident memory, bytes kept and pressure over a soak, as an SVG of its own. */
export function soakPlot(samples: readonly SoakSample[], limitBytes: number, title: string): string {
  const mib = (value: (sample: SoakSample) => number) => samples.map((sample) => value(sample) / MIB);
  const resident = mib(({ rssBytes }) => rssBytes);
  const heap = mib(({ heapBytes }) => heapBytes);
  const kept = mib(({ cacheBytes }) => cacheBytes);
  const panels: Panel[] = [
    {
      title: 'memory, MiB',
      lines: [
        { name: 'resident (RSS)', color: '#1f5fa8', values: resident },
        { name: 'old heap', color: '#7a4fa3', values: heap },
      ],
      limit: limitBytes / MIB,
      inSteps: false,
      most: Math.max(limitBytes / MIB, ...resident) * 1.05,
    },
    {
      title: 'kept in the cache, MiB',
      lines: [{ name: 'bytes', color: '#2d7d46', values: kept }],
      limit: null,
      inSteps: false,
      most: Math.max(1, ...kept) * 1.1,
    },
    {
      title: 'pressure: 0 ok, 1 warn, 2 limit',
      lines: [
        {
          name: 'pressure',
          color: '#a33a2c',
          values: samples.map(({ pressure }) => PRESSURES.indexOf(pressure)),
        },
      ],
      limit: null,
      inSteps: true,
      most: 2.2,
    },
  ];
  const height = TOP + panels.length * (PANEL_HEIGHT + GAP);
  const seconds = samples.map((sample) => sample.seconds);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(LEFT, 24, title, 'font-size="15" font-weight="bold"'),
    ...panels.map((panel, index) => panelOf(panel, samples, seconds, TOP + index * (PANEL_HEIGHT + GAP))),
    '</svg>\n',
  ].join('\n');
}

function panelOf(
  panel: Panel,
  samples: readonly SoakSample[],
  seconds: readonly number[],
  top: number,
): string {
  const last = Math.max(1, ...seconds);
  const x = (second: number) => LEFT + ((WIDTH - LEFT - RIGHT) * second) / last;
  const y = (value: number) => top + PANEL_HEIGHT * (1 - value / panel.most);
  const legend = panel.lines.length > 1 ? panel.lines : [];
  return [
    ...bands(samples, x, top),
    text(LEFT, top - 8, panel.title, 'font-weight="bold"'),
    ...legend.map(({ name, color }, index) =>
      text(WIDTH - RIGHT - 120 * (legend.length - index), top - 8, `— ${name}`, `fill="${color}"`),
    ),
    ...rising(panel.most).map((value) =>
      [
        rule(LEFT, WIDTH - RIGHT, y(value), '#dddddd'),
        text(LEFT - 8, y(value) + 4, String(value), 'text-anchor="end"'),
      ].join('\n'),
    ),
    ...rising(last).map((second) =>
      text(x(second), top + PANEL_HEIGHT + 16, `${second} s`, 'text-anchor="middle" fill="#666"'),
    ),
    ...(panel.limit === null
      ? []
      : [rule(LEFT, WIDTH - RIGHT, y(panel.limit), '#a33a2c', 'stroke-dasharray="6 4"')]),
    ...panel.lines.map(({ color, values }) => {
      const points = values.flatMap((value, index) => {
        const held = panel.inSteps && index > 0 ? [[seconds[index]!, values[index - 1]!] as const] : [];
        return [...held, [seconds[index]!, value] as const];
      });
      const path = points
        .map(([second, value]) => `${x(second).toFixed(1)},${y(value).toFixed(1)}`)
        .join(' ');
      return `<polyline fill="none" stroke="${color}" stroke-width="1.5" points="${path}"/>`;
    }),
  ].join('\n');
}

/** Where memory was tight, behind each panel. */
function bands(samples: readonly SoakSample[], x: (second: number) => number, top: number): string[] {
  return samples.slice(1).flatMap((sample, index) => {
    const before = samples[index]!;
    if (before.pressure === 'ok') return [];
    const left = x(before.seconds);
    const width = x(sample.seconds) - left;
    return `<rect x="${left.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${PANEL_HEIGHT}" fill="${BANDS[before.pressure]}"/>`;
  });
}

/** Round values from 0 up to `most`. */
function rising(most: number): number[] {
  const raw = most / TICKS;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= raw)!;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) =>
    Number((index * step).toPrecision(6)),
  );
}

function text(x: number, y: number, content: string, attributes = ''): string {
  const safe = content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${safe}</text>`;
}

function rule(x1: number, x2: number, y: number, color: string, attributes = ''): string {
  return `<line x1="${x1}" x2="${x2}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="${color}" ${attributes}/>`;
}
