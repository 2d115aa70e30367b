import type { Series } from '@/shared/api/answer';
import type { Unit } from '@/shared/api/types';
import { dash, formatValue, type Language } from '@/shared/figure/format';
import { palette, seriesColour } from '@/shared/view/palette';
import type { ChartOption } from './Chart';

export interface DrawOptions {
  /** Percentages without digits after the point. */
  whole?: boolean;
  language: Language;
  currency?: string;
  /** Unit of the x axis; dates and texts are categories. */
  xUnit: Unit;
  stacked?: boolean;
  horizontal?: boolean;
  /** Vertical line with its words, such as the median. */
  mark?: { x: string; text: string };
  /** Do not begin the value axis at zero. */
  floating?: boolean;
}

const fonts = { color: palette.muted, fontSize: 12 };

/** Months as 2025-03, days of one year as 03-14: short, and sortable by eye. */
export function shortX(x: string, all: readonly string[]): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(x)) return x;
  if (all.every((each) => each.endsWith('-01'))) return x.slice(0, 7);
  const years = new Set(all.map((each) => each.slice(0, 4)));
  return years.size === 1 ? x.slice(5) : x;
}

function show(value: unknown, unit: Unit, draw: DrawOptions): string {
  return typeof value === 'number' ? formatValue(value, unit, draw) : dash;
}

interface TooltipRow {
  seriesIndex: number;
  dataIndex: number;
  axisValueLabel?: string;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function tooltip(series: readonly Series[], draw: DrawOptions): ChartOption {
  return {
    trigger: 'axis',
    backgroundColor: palette.card,
    borderColor: palette.line,
    textStyle: { color: palette.ink, fontSize: 13 },
    axisPointer: { type: draw.horizontal || draw.stacked ? 'shadow' : 'line' },
    formatter: (raw: TooltipRow | TooltipRow[]) => {
      const at = (Array.isArray(raw) ? raw[0] : raw)?.dataIndex ?? 0;
      const head = escapeHtml(formatHead(series[0]?.x[at] ?? '', draw));
      const lines = series.map((each) => {
        const value = show(each.y[at], each.column.unit, draw);
        const low = each.low[at];
        const high = each.high[at];
        const range = typeof low === 'number' && typeof high === 'number'
          ? ` <span style="color:${palette.muted}">(${show(low, each.column.unit, draw)} – ${show(high, each.column.unit, draw)})</span>` : '';
        const base = each.base[at];
        const n = typeof base === 'number' ? ` <span style="color:${palette.muted}">n=${formatValue(base, 'count', draw)}</span>` : '';
        return `${escapeHtml(each.name)}: <b>${value}</b>${range}${n}`;
      });
      return [`<b>${head}</b>`, ...lines].join('<br/>');
    },
  };
}

function formatHead(x: string, draw: DrawOptions): string {
  const number = Number(x);
  return x !== '' && Number.isFinite(number) && draw.xUnit !== 'none' && draw.xUnit !== 'date'
    ? formatValue(number, draw.xUnit, draw) : x;
}

/** A share does not rise above 100 %, so its axis does not either. */
function valueAxis(unit: Unit, highest: number, draw: DrawOptions): ChartOption {
  return {
    type: 'value',
    scale: draw.floating ?? false,
    ...(unit === 'ratio' && highest <= 1 && highest > 0.9 ? { max: 1, interval: 0.25 } : {}),
    axisLabel: { ...fonts, formatter: (value: number) => formatValue(value, unit, { ...draw, whole: true }) },
    splitLine: { lineStyle: { color: palette.line } },
    splitNumber: 4,
  };
}

/** Marks on a long axis of days: every so many that some ten remain; all of a short one. Of shares, every tenth. */
export function dayStep(x: readonly string[], draw: DrawOptions): number {
  if (draw.xUnit === 'ratio' && x.length > 20) return Math.ceil((x.length - 1) / 10);
  if (draw.xUnit !== 'days' || x.length <= 20) return 1;
  return [7, 15, 30, 60, 90, 180].find((step) => x.length / step <= 13) ?? 365;
}

function categoryAxis(x: readonly string[], draw: DrawOptions): ChartOption {
  const step = dayStep(x, draw);
  return {
    type: 'category',
    data: x.map((each) => (draw.xUnit === 'ratio' ? formatHead(each, { ...draw, whole: true }) : shortX(each, x))),
    axisLabel: {
      ...fonts, hideOverlap: true, ...(step > 1 ? { interval: (index: number, day: string) => (draw.xUnit === 'ratio' ? index : Number(day)) % step === 0 } : {}),
      ...(draw.horizontal ? { width: 110, overflow: 'truncate' } : {}),
    },
    axisTick: { show: false },
    axisLine: { lineStyle: { color: palette.line } },
    ...(draw.horizontal ? { inverse: true } : {}),
  };
}

function frame(series: readonly Series[], draw: DrawOptions): ChartOption {
  const unit = series[0]?.column.unit ?? 'number';
  const x = categoryAxis(series[0]?.x ?? [], draw);
  const highest = Math.max(...series.flatMap((each) => [...each.y, ...each.high]).map((each) => each ?? 0));
  const value = valueAxis(unit, highest, draw);
  return {
    aria: { enabled: true, decal: { show: series.filter((each) => !each.comparison).length > 1 } },
    animationDuration: 260,
    color: series.map((_, index) => seriesColour(index)),
    grid: { left: 8, right: 20, top: series.length > 1 ? 40 : 18, bottom: 6, containLabel: true },
    legend: series.length > 1
      ? { top: 0, left: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 8, textStyle: fonts, type: 'scroll' } : undefined,
    tooltip: tooltip(series, draw),
    xAxis: draw.horizontal ? value : x,
    yAxis: draw.horizontal ? x : value,
  };
}

/** A light area between low and high: two invisible lines stacked on each other. */
function band(series: Series, colour: string): ChartOption[] {
  if (!series.low.some((value) => value !== null)) return [];
  const quiet = { type: 'line', silent: true, symbol: 'none', lineStyle: { opacity: 0 }, tooltip: { show: false }, stack: `band of ${series.name}`, stackStrategy: 'all' };
  const width = series.low.map((low, index) => {
    const high = series.high[index];
    return low === null || high === null || high === undefined ? null : high - low;
  });
  return [
    { ...quiet, data: series.low },
    { ...quiet, data: width, areaStyle: { color: colour, opacity: 0.13 } },
  ];
}

function markLine(draw: DrawOptions, all: readonly string[]): ChartOption {
  if (!draw.mark) return {};
  return {
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: palette.persimmon, type: 'dashed', width: 1.5 },
      label: { formatter: draw.mark.text, color: palette.persimmon, fontWeight: 600, position: 'insideEndTop', rotate: 0, distance: [8, 4], align: 'left' },
      data: [{ xAxis: shortX(draw.mark.x, all) }],
    },
  };
}

export function curveOption(series: readonly Series[], draw: DrawOptions): ChartOption {
  const lines = series.map((each, index) => ({
    name: each.name,
    type: 'line',
    data: each.y,
    symbol: each.y.length > 40 ? 'none' : each.comparison ? 'none' : 'circle',
    symbolSize: 6,
    connectNulls: false,
    lineStyle: each.comparison
      ? { type: 'dashed', width: 1.6, color: palette.muted } : { width: 2.4, color: seriesColour(index) },
    itemStyle: { color: each.comparison ? palette.muted : seriesColour(index) },
    ...(index === 0 ? markLine(draw, each.x) : {}),
  }));
  const bands = series.flatMap((each, index) => band(each, seriesColour(index)));
  return { ...frame(series, { floating: true, ...draw }), series: [...lines, ...bands] };
}

export function barsOption(series: readonly Series[], draw: DrawOptions): ChartOption {
  return {
    ...frame(series, draw),
    series: series.map((each, index) => ({
      name: each.name,
      type: 'bar',
      data: each.y,
      stack: draw.stacked ? 'all' : undefined,
      barMaxWidth: 26,
      itemStyle: { color: each.comparison ? '#cfc4b3' : seriesColour(index), borderRadius: draw.stacked ? 0 : 4 },
    })),
  };
}

/** Links between two dimension columns, by their value. */
export interface FlowLink {
  source: string;
  target: string;
  value: number;
}

export function flowOption(links: readonly FlowLink[], unit: Unit, draw: DrawOptions): ChartOption {
  const sided = links.map((link) => ({ source: `${link.source} `, target: ` ${link.target}`, value: link.value }));
  const names = [...new Set(sided.flatMap((link) => [link.source, link.target]))];
  return {
    aria: { enabled: true, decal: { show: true } },
    tooltip: { trigger: 'item', valueFormatter: (value: unknown) => show(value, unit, draw) },
    series: [{
      type: 'sankey', nodeGap: 12, nodeWidth: 12, lineStyle: { color: 'gradient', opacity: 0.35 }, label: fonts,
      data: names.map((name, index) => ({ name, itemStyle: { color: seriesColour(index) } })), links: sided,
    }],
  };
}
