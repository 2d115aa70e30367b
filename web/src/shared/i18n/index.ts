import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@/shared/figure/format';
import { en } from './en';
import { languageOf } from './language';
import { zh } from './zh';

const key = 'huitou.language';

/** `?lang=` of a link, else what this browser chose before, else the browser's own language. */
export function firstLanguage(search: string, stored: string | null, browser: string): Language {
  const asked = new URLSearchParams(search).get('lang');
  return languageOf(asked ?? stored ?? browser);
}

export function setLanguage(language: Language): void {
  localStorage.setItem(key, language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  void i18next.changeLanguage(language);
}

export function startI18n(): void {
  const language = firstLanguage(window.location.search, localStorage.getItem(key), navigator.language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}
