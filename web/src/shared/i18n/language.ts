import { useTranslation } from 'react-i18next';
import type { Sentence } from '@/shared/api/types';
import type { Language } from '@/shared/figure/format';

export function languageOf(tag: string | undefined): Language {
  return tag?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return languageOf(i18n.language);
}

/** A text of the program in the reader's language; the other one where it is missing. */
export function inLanguage(words: Partial<Sentence> | undefined, language: Language): string {
  return words?.[language] || words?.[language === 'zh' ? 'en' : 'zh'] || '';
}

export function useWords(): (words: Partial<Sentence> | undefined) => string {
  const language = useLanguage();
  return (words) => inLanguage(words, language);
}
