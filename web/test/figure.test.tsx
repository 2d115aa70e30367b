import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { change } from '@/shared/figure/delta';
import { Dated } from '@/shared/figure/Dated';
import { Figure } from '@/shared/figure/Figure';
import { dash, formatValue } from '@/shared/figure/format';
import type { Unit } from '@/shared/api/types';

const zh = { language: 'zh', currency: 'CNY' } as const;
const en = { language: 'en', currency: 'CNY' } as const;

describe('a value as a person reads it', () => {
  const cases: [number, Unit, string, string][] = [
    [0.25, 'ratio', '25.0%', '25.0%'],
    [0.004, 'ratio', '0.40%', '0.40%'],
    [1234, 'count', '1,234', '1,234'],
    [12345, 'count', '1.23万', '12.3K'],
    [99_999_999, 'count', '1亿', '100M'],
    [1_234_567_890, 'count', '12.3亿', '1.23B'],
    [12345, 'minor', '¥123.45', '¥123.45'],
    [-443_443_630, 'minor', '−¥443万', '−¥4.43M'],
    [0.032, 'points', '3.2 个百分点', '3.2 pp'],
    [1, 'days', '1 天', '1 day'],
    [27, 'days', '27 天', '27 days'],
    [16.815794, 'number', '16.82', '16.82'],
    [0.077001, 'number', '0.077', '0.077'],
  ];
  it.each(cases)('%s as %s', (value, unit, chinese, english) => {
    expect(formatValue(value, unit, zh)).toBe(chinese);
    expect(formatValue(value, unit, en)).toBe(english);
  });

  it('shows nothing as a dash and never as zero', () => {
    for (const nothing of [null, undefined, '', Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(formatValue(nothing, 'ratio', en)).toBe(dash);
    }
    expect(formatValue(0, 'ratio', en)).toBe('0.0%');
  });

  it('has no sign before what is shown as zero', () => {
    for (const value of [-0.0004, 0.0004, -0, 0]) {
      expect(formatValue(value, 'points', { ...en, signed: true })).toBe('0.0 pp');
      expect(formatValue(value, 'points', zh)).toBe('0.0 个百分点');
    }
    expect(formatValue(-0.4, 'minor', en)).toBe('¥0');
    expect(formatValue(-0.0006, 'points', { ...en, signed: true })).toBe('−0.1 pp');
    expect(formatValue(0.0006, 'points', { ...en, signed: true })).toBe('+0.1 pp');
  });

  it('keeps a date in one piece', () => {
    const { container } = render(<Dated text="From 2025-01-01 to 2025-02." />);
    expect([...container.querySelectorAll('.one-piece')].map((each) => each.textContent)).toEqual(['2025-01-01', '2025-02']);
    expect(container.textContent).toBe('From 2025-01-01 to 2025-02.');
  });

  it('gives all digits when asked', () => {
    expect(formatValue(1_234_567, 'count', { ...zh, exact: true })).toBe('1,234,567');
    expect(formatValue(443_443_630, 'minor', { ...en, exact: true })).toBe('¥4,434,436.30');
  });
});

describe('a figure', () => {
  it('carries its interval and the rows behind it', () => {
    render(<Figure value={0.5} unit="ratio" low={0.4} high={0.6} base={120} />);
    expect(screen.getByText('40.0% – 60.0%')).toBeTruthy();
    expect(screen.getByText('n = 120')).toBeTruthy();
  });

  it('shows no interval around nothing', () => {
    render(<Figure value={null} unit="ratio" low={0.4} high={0.6} />);
    expect(screen.getByText(dash)).toBeTruthy();
    expect(screen.queryByText('40.0% – 60.0%')).toBeNull();
  });
});

describe('a change', () => {
  it('of a rate is in points, of anything else in percent of |before|', () => {
    expect(change(0.5, 0.45, 'ratio', 'up', en)).toEqual({ direction: 'up', verdict: 'better', text: '+5.0 pp' });
    expect(change(90, 100, 'count', 'up', en)).toEqual({ direction: 'down', verdict: 'worse', text: '−10.0%' });
    expect(change(-50, -100, 'minor', 'up', en)?.direction).toBe('up');
  });

  it('knows when a fall is good news', () => {
    expect(change(0.3, 0.4, 'ratio', 'down', en)?.verdict).toBe('better');
    expect(change(0.3, 0.4, 'ratio', 'neither', en)?.verdict).toBe('neutral');
  });

  it('is absent where there is nothing to compare with', () => {
    expect(change(1, null, 'count', 'up', en)).toBeNull();
    expect(change(null, 1, 'count', 'up', en)).toBeNull();
    expect(change(1, 0, 'count', 'up', en)).toBeNull();
  });
});
