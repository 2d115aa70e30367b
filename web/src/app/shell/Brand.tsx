import { useTranslation } from 'react-i18next';

export function Brand() {
  const { t } = useTranslation();
  return (
    <span className="brand">
      <svg viewBox="0 0 64 64" width="34" height="34" aria-hidden="true">
        <rect width="64" height="64" rx="18" fill="#1f5a52" />
        <path d="M46 22a17 17 0 1 0 3 14" fill="none" stroke="#fbf6ec" strokeWidth="5.5" strokeLinecap="round" />
        <path d="M48 10v13H35" fill="none" stroke="#fbf6ec" strokeWidth="5.5" strokeLinecap="round" strokeLinejoin="round" />
        <circle cx="32" cy="32" r="5.5" fill="#e2a05a" />
      </svg>
      <span className="brand-words">
        <strong>{t('brand.name')}</strong>
        <small>{t('brand.line')}</small>
      </span>
    </span>
  );
}
