import { describe, expect, it } from 'vitest';
import { byMetric, partUnit, type DefinitionRow } from '@/features/metrics/definition_rows';
import type { Param } from '@/shared/api/types';
import { fits, ownParams, readArgs, toArgs, writeArg } from '@/shared/params/args';

function param(part: Partial<Param> & { name: string }): Param {
  return {
    type: 'text', doc: { en: '', zh: '' }, default: '', choices: [], required: false, positional: false, repeated: false,
    at_least: null, at_most: null, ...part,
  };
}
const by = param({ name: 'by', type: 'choice', choices: ['segment', 'cell'], default: 'segment' });
const days = param({ name: 'days', type: 'integer', default: '90', at_least: 1, at_most: 365 });

describe('parameters', () => {
  it('leave to the screen what the screen asks, and keep what an analysis calls by the same name', () => {
    const all = [param({ name: 'from' }), by, days];
    expect(ownParams('metric', all).map(({ name }) => name)).toEqual(['days']);
    expect(ownParams('analysis', all).map(({ name }) => name)).toEqual(['by', 'days']);
  });

  it('refuse what does not fit', () => {
    expect(fits(days, '366')).toBe(false);
    expect(fits(days, '1.5')).toBe(false);
    expect(fits(days, '')).toBe(false);
    expect(fits(days, '365')).toBe(true);
    expect(fits(by, 'month')).toBe(false);
  });

  it('live in the address, without their defaults', () => {
    const search = new URLSearchParams('period=90d');
    writeArg(search, days, '30');
    writeArg(search, by, 'segment');
    expect(search.toString()).toBe('period=90d&arg.days=30');
    expect(toArgs(readArgs(search, [by, days]), [by, days])).toEqual({ days: 30 });
    expect(readArgs(new URLSearchParams('arg.by=month'), [by])).toEqual({});
  });
});

describe('definitions side by side', () => {
  const row = (metric: string, status: string): DefinitionRow => ({
    metric, status, title: metric, mergeDays: false, value: 0.5, numerator: 1, base: 2, differs: '',
  });
  const rows = [row('a', 'all'), row('a', 'net'), row('b', 'paid')];

  it('show the chosen way to count orders first, the others when asked', () => {
    expect([...byMetric(rows, 'net', false)].map(([name, members]) => [name, members.length])).toEqual([['a', 1]]);
    expect(byMetric(rows, 'net', true).get('a')?.map(({ status }) => status)).toEqual(['net', 'all']);
  });

  it('know what is counted in money', () => {
    expect(partUnit('repeat_amount_share')).toBe('minor');
    expect(partUnit('repurchase_rate')).toBe('count');
  });
});
