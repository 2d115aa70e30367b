import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstLanguage } from '@/shared/i18n';
import { en } from '@/shared/i18n/en';
import { zh } from '@/shared/i18n/zh';
import { ofTheScreen } from '@/shared/params/args';

function flat(texts: object, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value as object, `${prefix}${key}.`));
}

describe('texts', () => {
  it('exist in both languages, with the same places for values', () => {
    const places = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();
    const chinese = new Map(flat(zh));
    for (const [key, text] of flat(en)) {
      expect(chinese.has(key.replace(/_one$/, '_other')) || chinese.has(key), key).toBe(true);
      const other = chinese.get(key.replace(/_one$/, '_other')) ?? chinese.get(key) ?? '';
      // An empty text is meant (nothing is said where nothing is compared), but then in both languages.
      expect(other.trim() === '', key).toBe(text.trim() === '');
      expect(places(other).filter((place) => place !== '{{count}}'), key).toEqual(places(text).filter((place) => place !== '{{count}}'));
    }
  });

  it('are Chinese in Chinese', () => {
    const letters = flat(zh).filter(([, text]) => !/[一-鿿]/.test(text) && /[a-z]{4,}/i.test(text.replace(/\{\{\w+\}\}/g, '')));
    expect(letters).toEqual([]);
  });

  it('exist for every choice that a page offers', () => {
    type Schema = { enum?: string[]; items?: { enum?: string[] } };
    type Paths = Record<string, { post?: { requestBody?: { content: { 'application/json': { schema: { properties?: Record<string, Schema> } } } } } }>;
    const { paths } = JSON.parse(readFileSync('../docs/reference/openapi.json', 'utf8')) as { paths: Paths };
    const chosen = Object.entries(paths).flatMap(([path, { post }]) => {
      const kind = path === '/api/metric' ? 'metric' : path.startsWith('/api/analyse/') ? 'analysis' : null;
      const own = Object.entries(post?.requestBody?.content['application/json'].schema.properties ?? {});
      return kind === null ? [] : own.filter(([name]) => !ofTheScreen[kind].has(name)).flatMap(([, schema]) => schema.enum ?? schema.items?.enum ?? []);
    });
    expect(chosen).toContain('classic');
    for (const choice of chosen) {
      expect(en.choice, choice).toHaveProperty(choice);
      expect(zh.choice, choice).toHaveProperty(choice);
    }
  });

  it('come in the language of the link, then of the last visit, then of the browser', () => {
    expect(firstLanguage('?lang=en', 'zh', 'zh-CN')).toBe('en');
    expect(firstLanguage('', 'zh', 'en-US')).toBe('zh');
    expect(firstLanguage('', null, 'zh-TW')).toBe('zh');
    expect(firstLanguage('', null, 'fr')).toBe('en');
  });
});
