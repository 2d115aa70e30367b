import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router-dom';
import { useLanguage } from '@/shared/i18n/language';
import { setLanguage } from '@/shared/i18n';
import { useGround } from '@/shared/state/scope';
import { formatValue, type Language } from '@/shared/figure/format';
import { useAddress } from '@/shared/state/use_address';
import { Brand } from './Brand';
import { FilterBar } from './FilterBar';
import { SideNav } from './SideNav';

const MenuDrawer = lazy(() => import('./MenuDrawer'));

function Fresh() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { freshness } = useGround();
  if (freshness.last === null) return <span className="fresh">{t('fresh.none')}</span>;
  return (
    <span className="fresh" title={t('fresh.title', { first: freshness.first, version: freshness.dataVersion })}>
      <i aria-hidden="true" />
      {t('fresh.until', { last: freshness.last, orders: formatValue(freshness.orders, 'count', { language }) })}
    </span>
  );
}

function LanguageSwitch() {
  const language = useLanguage();
  const { t } = useTranslation();
  const [search, change] = useAddress();
  const choose = (next: Language) => {
    setLanguage(next);
    // A link that names a language would bring that one back.
    if (search.has('lang')) change((address) => address.set('lang', next), { replace: true });
  };
  return (
    <div className="languages" role="group" aria-label={t('language.label')}>
      <button type="button" lang="zh-CN" aria-pressed={language === 'zh'} onClick={() => choose('zh')}>中文</button>
      <button type="button" lang="en" aria-pressed={language === 'en'} onClick={() => choose('en')}>EN</button>
    </div>
  );
}

/** The frame of every page: navigation, the question that is asked (filters), freshness, language. */
export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [menu, setMenu] = useState<boolean | null>(null);
  const { pathname } = useLocation();
  const { scope } = useGround();
  const asks = scope !== null && !/^\/(data|sources|forms|settings)/.test(pathname);
  return (
    <div className="shell">
      <a className="skip" href="#main">{t('nav.skip')}</a>
      <SideNav />
      <div className="main-column">
        <header className="top">
          <button type="button" className="menu-button" aria-label={t('nav.open')} onClick={() => setMenu(true)}>
            <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
              <path d="M4 7h16M4 12h16M4 17h10" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
            </svg>
          </button>
          <span className="top-brand"><Brand /></span>
          {asks && <FilterBar />}
          <div className="top-end"><Fresh /><LanguageSwitch /></div>
        </header>
        <main id="main" tabIndex={-1}>{children}</main>
      </div>
      {menu !== null && <Suspense><MenuDrawer open={menu} onClose={() => setMenu(false)} /></Suspense>}
    </div>
  );
}
