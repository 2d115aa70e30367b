import { palette } from '@/shared/view/palette';

interface SparklineProps {
  values: (number | null)[];
  label: string;
  colour?: string;
}

const width = 120;
const height = 34;

/** Path pieces of the known stretches; a gap stays a gap. */
export function sparkPath(values: (number | null)[]): { path: string; last: [number, number] | null } {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return { path: '', last: null };
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = values.length > 1 ? (width - 8) / (values.length - 1) : 0;
  let path = '';
  let last: [number, number] | null = null;
  values.forEach((value, index) => {
    if (value === null) return;
    const x = 4 + index * step;
    const y = height - 4 - ((value - low) / span) * (height - 8);
    const begins = index === 0 || values[index - 1] === null;
    path += `${begins ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    last = [x, y];
  });
  return { path, last };
}

export function Sparkline({ values, label, colour = palette.pine }: SparklineProps) {
  const { path, last } = sparkPath(values);
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} preserveAspectRatio="none">
      <path d={path} fill="none" stroke={colour} strokeWidth="1.8" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
      {last && (
        <path d={`M${last[0]} ${last[1]}h0`} stroke={colour} strokeWidth="6" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
      )}
    </svg>
  );
}
