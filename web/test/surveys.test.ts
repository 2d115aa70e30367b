import { describe, expect, it } from 'vitest';
import type { Answer, Cell } from '@/shared/api/types';
import { argsOf, blank, isLocal, isReady, listName, reachOf, surveysOf, wholeLink, withoutBlanks } from '@/features/surveys/records';

function answerOf(names: string[], rows: Cell[][]): Answer {
  const columns = names.map((name) => ({ name, unit: 'none' as const, role: 'value' as const, label: { en: name, zh: name } }));
  return { columns, rows, notes: [], view: 'table', currency: 'CNY' };
}

describe('a survey', () => {
  it('is a row, and nobody asked is no response rate', () => {
    const names = ['survey', 'kind', 'title', 'state', 'answers', 'links', 'response_rate', 'link', 'question'];
    const [open, closed] = surveysOf(answerOf(names, [['2', 'nps', '体验', 'open', 3, 0, null, '/q/4-x', '?'], ['1', 'csat', 'a', 'closed', 0, 10, 0, null, '?']]));
    expect(open).toMatchObject({ id: '2', isOpen: true, answers: 3, rate: null, link: '/q/4-x' });
    expect(closed).toMatchObject({ isOpen: false, links: 10, rate: 0, link: '' });
  });

  it('without an address has links at this server', () => {
    expect(wholeLink('/q/1-a', 'http://127.0.0.1:8710')).toBe('http://127.0.0.1:8710/q/1-a');
    expect(wholeLink('https://ask.example.cn/q/1-a', 'http://127.0.0.1:8710')).toBe('https://ask.example.cn/q/1-a');
  });

  it('leads no phone anywhere without an address', () => {
    expect(isLocal('/q/1-a')).toBe(true);
    expect(isLocal('https://ask.example.cn/q/1-a')).toBe(false);
  });

  it('can be asked of so many, and nobody is zero', () => {
    const names = ['file', 'customers', 'fitting', 'without_consent', 'without_address', 'entry'];
    expect(reachOf(answerOf(names, [['list.xlsx', 0, 9, 7, 2, '4']]))).toEqual({ customers: 0, fitting: 9, withoutConsent: 7, withoutAddress: 2 });
    expect(reachOf(answerOf(names, [])).customers).toBeNull();
    expect(listName('3', 'wecom')).toBe('survey-3-wecom.xlsx');
  });

  it('needs a title in one language, and says only what was written', () => {
    expect(isReady(blank)).toBe(false);
    expect(isReady({ ...blank, title_zh: '体验' })).toBe(true);
    expect(argsOf({ ...blank, title: ' Visit ', days: '14' })).toEqual({ title: 'Visit', kind: 'nps', days: '14' });
  });
});

describe('results', () => {
  it('leave out what no row has, and keep zero', () => {
    const { columns, rows } = withoutBlanks(answerOf(['part', 'nps', 'satisfied', 'links'], [['all', 0, null, null], ['personal', null, null, 4]]));
    expect(columns.map((column) => column.name)).toEqual(['part', 'nps', 'links']);
    expect(rows).toEqual([['all', 0, null], ['personal', null, 4]]);
  });
});
