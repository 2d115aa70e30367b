import { describe, expect, it } from 'vitest';
import { codeIn } from '@/features/surveys/draw';
import { broken, codeMillimetres, pictureName, posterOf, reachCentimetres, sheet, type Words } from '@/features/surveys/poster';

/** Letters as wide as half their size, Chinese ones as wide as their size. */
const wide = (text: string, size: number) => Array.from(text).reduce((sum, letter) => sum + (letter > '\u2e80' ? size : size / 2), 0);
const words: Words = { title: '到店体验', question: '您有多大可能把我们推荐给朋友？', hint: '请用手机扫码作答', store: '南京路店', link: 'https://ask.example.cn/q/17-AbCdEfGhIjKlMnOpQrStUv' };

describe('lines of a poster', () => {
  const of = (text: string, letters: number) => broken(text, letters, (each) => Array.from(each).length);

  it('keep words whole, break Chinese anywhere, and break what has no place to break', () => {
    expect(of('How was your visit', 9)).toEqual(['How was', 'your', 'visit']);
    expect(of('您的到店体验', 4)).toEqual(['您的到店', '体验']);
    expect(of('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(of('  ', 4)).toEqual([]);
  });

  it('do not begin with a mark that ends a phrase', () => {
    expect(of('到店体验如何？', 6)).toEqual(['到店体验如何？']);
    expect(of('到店体验。如何', 4)).toEqual(['到店体验。', '如何']);
  });

  it('lose no letter', () => {
    const text = 'Would you recommend 回头 to a friend, 是否愿意推荐？ abcdefghijklmnopqrstuvwxyz';
    for (const width of [1, 2, 3, 5, 8, 13, 200]) expect(of(text, width).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
  });
});

describe('a poster', () => {
  const longest: Words = { title: '很长的标题'.repeat(20), question: 'Would you recommend us? '.repeat(15), hint: 'Scan with your phone to answer', store: '门店'.repeat(60), link: `https://ask.example.cn/${'a'.repeat(120)}` };

  it.each([['short', words], ['long', longest], ['without a store', { ...words, store: '' }]])('has everything on the sheet and nothing over the code: %s', (_, texts) => {
    for (const modules of [21, 29, 33, 49, 57]) {
      const { lines, code } = posterOf(texts, modules, wide);
      const side = code.module * modules;
      expect(Number.isInteger(code.module) && code.module > 0).toBe(true);
      for (const line of lines) {
        const half = wide(line.text, line.size) / 2;
        expect(line.x - half).toBeGreaterThanOrEqual(0);
        expect(line.x + half).toBeLessThanOrEqual(sheet.width);
        expect(line.y).toBeLessThan(sheet.height - 40);
        // The quiet zone: four modules around a code stay white.
        const isAbove = line.y + line.size * 0.3 <= code.y - 4 * code.module;
        const isBelow = line.y - line.size >= code.y + side + 4 * code.module - 1;
        expect(isAbove || isBelow, line.text).toBe(true);
      }
      const sorted = [...lines].sort((a, b) => a.y - b.y);
      sorted.slice(1).forEach((line, index) => expect(line.y - line.size * 0.8).toBeGreaterThan((sorted[index] as (typeof sorted)[0]).y));
    }
  });

  it('says that something was left out', () => {
    const { lines } = posterOf(longest, 33, wide);
    expect(lines.filter((line) => line.text.endsWith('…')).length).toBeGreaterThan(0);
    expect(posterOf(words, 33, wide).lines.map((line) => line.text).join('')).not.toContain('…');
  });

  it('has a code wide enough to be read, and says from how far', () => {
    const poster = posterOf(words, 33, wide);
    expect(codeMillimetres(poster, 33, 'A4')).toBe(113);
    expect(codeMillimetres(poster, 33, 'A6')).toBe(57);
    expect([113, 57].map(reachCentimetres)).toEqual([110, 60]);
  });

  it('is a file that says what it is', () => {
    expect(pictureName('到店/体验: 一', '')).toBe('到店_体验_一.png');
    expect(pictureName('Visit', 'S01')).toBe('Visit-S01.png');
  });
});

describe('a code', () => {
  it('is read from what was drawn, and is none before', () => {
    const box = document.createElement('div');
    expect(codeIn(box)).toBeNull();
    expect(codeIn(null)).toBeNull();
    box.innerHTML = '<svg viewBox="0 0 33 33"><path fill="#fff" d="M0,0 h33v33H0z"/><path fill="#000" d="M0 0h7v1H0z"/></svg>';
    expect(codeIn(box)).toEqual({ modules: 33, path: 'M0 0h7v1H0z' });
  });
});
