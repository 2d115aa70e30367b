import type { EChartsCoreOption } from 'echarts/core';
import { useEffect, useRef } from 'react';
import type { EChart } from './echarts';

export type ChartOption = EChartsCoreOption;

interface ChartProps {
  option: ChartOption;
  /** What the drawing shows, for those who hear it. */
  label: string;
  height?: number;
  onPick?: (name: string) => void;
}

/** Draws an option; the chart library is loaded when the first chart is on the screen. */
export function Chart({ option, label, height = 280, onPick }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<EChart | null>(null);
  const latest = useRef({ option, onPick });
  useEffect(() => {
    latest.current = { option, onPick };
  }, [option, onPick]);

  useEffect(() => {
    let gone = false;
    let watcher: ResizeObserver | null = null;
    void import('./echarts').then(({ init }) => {
      if (gone || holder.current === null) return;
      const made = init(holder.current);
      chart.current = made;
      made.setOption(latest.current.option);
      made.on('click', (event) => latest.current.onPick?.(String(event.name)));
      watcher = new ResizeObserver(() => made.resize());
      watcher.observe(holder.current);
    });
    return () => {
      gone = true;
      watcher?.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);

  return <div ref={holder} className="chart" style={{ height }} role="img" aria-label={label} />;
}
