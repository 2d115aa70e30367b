/** The colours of the product: pine for trust, persimmon for attention, on warm paper. */
export const palette = {
  ink: '#2a2522',
  muted: '#6b6259',
  line: '#e8dfd0',
  paper: '#f8f4ec',
  card: '#fffdf9',
  pine: '#1f5a52',
  pineSoft: '#dfece7',
  persimmon: '#b44a28',
  persimmonSoft: '#f8e6dc',
  ochre: '#d69a3a',
} as const;

/** Distinct for people who cannot tell red from green; patterns are drawn besides. */
export const seriesColours = ['#2b6f65', '#d3774f', '#4d7ba0', '#d9a441', '#8d5b7d', '#8a974a', '#6b6259'] as const;

export function seriesColour(index: number): string {
  return seriesColours[index % seriesColours.length] as string;
}

/** From paper to light pine, for heat tables; `share` runs from 0 to 1. Ink on any of these has a contrast above 5. */
export function heatColour(share: number): string {
  const clamped = Math.max(0, Math.min(1, share));
  const from = [249, 245, 236];
  const to = [112, 168, 155];
  const mixed = from.map((value, index) => Math.round(value + ((to[index] as number) - value) * clamped));
  return `rgb(${mixed.join(', ')})`;
}
