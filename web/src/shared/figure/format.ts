import type { Unit } from '@/shared/api/types';

export type Language = 'zh' | 'en';

export interface FormatOptions {
  language: Language;
  currency?: string;
  /** All digits instead of 万/亿 or K/M/B. */
  exact?: boolean;
  /** Percentages without digits after the point. */
  whole?: boolean;
  /** Put a plus before a rise. */
  signed?: boolean;
}

export const dash = '—';

interface Scale {
  size: number;
  suffix: string;
}
const scales: Record<Language, Scale[]> = {
  zh: [{ size: 1e8, suffix: '亿' }, { size: 1e4, suffix: '万' }],
  en: [{ size: 1e9, suffix: 'B' }, { size: 1e6, suffix: 'M' }, { size: 1e3, suffix: 'K' }],
};

function locale(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en-US';
}

function grouped(value: number, language: Language, digits: number, fixed = false): string {
  return value.toLocaleString(locale(language), {
    maximumFractionDigits: digits,
    minimumFractionDigits: fixed ? digits : 0,
  });
}

/** Three to four significant digits with 万/亿 or K/M/B from ten thousand on. */
function compact(value: number, language: Language, digits: number): string {
  const size = Math.abs(value);
  if (size < 9999.5) return grouped(value, language, size < 1000 ? digits : 0);
  // 99,996 thousand would be shown as 100 million: rounding decides the scale, not the raw value.
  const scale = scales[language].find((each) => size >= each.size * 0.9995) ?? { size: 1, suffix: '' };
  const scaled = value / scale.size;
  return grouped(scaled, language, Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2) + scale.suffix;
}

function percent(fraction: number, { language, exact = false, whole = false }: FormatOptions): string {
  const size = Math.abs(fraction * 100);
  const digits = exact ? 4 : size !== 0 && size < 1 ? 2 : whole ? 0 : 1;
  return `${grouped(fraction * 100, language, digits, !exact)}%`;
}

export function currencySign(currency: string | undefined, language: Language): string {
  if (!currency) return '';
  try {
    const parts = new Intl.NumberFormat(locale(language), {
      style: 'currency', currency, currencyDisplay: 'narrowSymbol',
    }).formatToParts(0);
    return parts.find((part) => part.type === 'currency')?.value ?? '';
  } catch {
    return currency;
  }
}

function money(minor: number, options: FormatOptions): string {
  const value = Math.abs(minor) / 100;
  const body = options.exact ? grouped(value, options.language, 2, true) : compact(value, options.language, 2);
  return `${minor < 0 ? '−' : ''}${currencySign(options.currency, options.language)}${body}`;
}

function plural(value: number, one: string, many: string): string {
  return value === 1 ? one : many;
}

/** An instant (`yyyy-mm-ddThh:mm:ssZ`) on the reader's clock. */
function time(instant: string, language: Language): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return date.toLocaleString(locale(language), {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false,
  });
}

function unsigned(value: number, unit: Unit, options: FormatOptions): string {
  const { language, exact = false } = options;
  const zh = language === 'zh';
  switch (unit) {
    case 'ratio': return percent(value, options);
    case 'minor': return money(value, options);
    case 'points': {
      const shown = grouped(value * 100, language, exact ? 4 : 1, !exact);
      return zh ? `${shown} 个百分点` : `${shown} pp`;
    }
    case 'days': {
      const shown = grouped(value, language, exact ? 2 : Math.abs(value) < 10 ? 1 : 0);
      return zh ? `${shown} 天` : `${shown} ${plural(value, 'day', 'days')}`;
    }
    case 'months': {
      const shown = grouped(value, language, 1);
      return zh ? `${shown} 个月` : `${shown} ${plural(value, 'month', 'months')}`;
    }
    case 'count': return exact ? grouped(value, language, 0) : compact(value, language, 0);
    default: return exact ? grouped(value, language, 6) : compact(value, language, Math.abs(value) < 1 ? 3 : 2);
  }
}

/** One value as a person reads it. Nothing is a dash, never 0. */
export function formatValue(
  value: string | number | boolean | null | undefined, unit: Unit, options: FormatOptions,
): string {
  if (value === null || value === undefined || value === '') return dash;
  if (typeof value === 'boolean') {
    return options.language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  }
  if (typeof value === 'string') return unit === 'time' ? time(value, options.language) : value;
  if (!Number.isFinite(value)) return dash;
  // What is shown as zero has no sign: a fall of 0.04 points is neither −0.0 nor +0.0.
  const isZero = !/[1-9]/.test(unsigned(Math.abs(value), unit, { ...options, currency: '' }));
  const shown = unsigned(isZero ? Math.abs(value) : value, unit, options).replace(/^-/, '−');
  return options.signed && value > 0 && !isZero ? `+${shown}` : shown;
}
