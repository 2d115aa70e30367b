import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router-dom';
import { Brand } from './Brand';

const strokes = {
  overview: 'M3 11 12 4l9 7M6 9.5V20h12V9.5M10 20v-5h4v5',
  metrics: 'M4 20V11M10 20V5M16 20v-7M22 20H2',
  definitions: 'M5 4h9l5 5v11H5zM13 4v6h6M8.5 14h7M8.5 17h5',
  analyses: 'M3 17c4 0 4-9 9-9s5 6 9 6M3 21h18M12 8V4',
  data: 'M12 15V4M8 8l4-4 4 4M4 14v6h16v-6',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4.5v5M8 14.5v5',
} as const;

const entries = [
  { to: '/', key: 'overview' },
  { to: '/metrics', key: 'metrics' },
  { to: '/definitions', key: 'definitions' },
  { to: '/analyses', key: 'analyses' },
  { to: '/data', key: 'data' },
  { to: '/settings', key: 'settings' },
] as const;

function Icon({ name }: { name: keyof typeof strokes }) {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={strokes[name]} fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

/** The state of the address travels along, so the same question is asked on every page. */
export function NavEntries({ onPick }: { onPick?: () => void }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  return (
    <ul className="nav">
      {entries.map(({ to, key }) => (
        <li key={key}>
          <NavLink to={{ pathname: to, search }} end={to === '/'} onClick={onPick}>
            <Icon name={key} />
            <span>{t(`nav.${key}`)}</span>
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

export function SideNav() {
  const { t } = useTranslation();
  const { search } = useLocation();
  return (
    <nav className="side" aria-label={t('nav.label')}>
      <div className="side-inner">
        <NavLink to={{ pathname: '/', search }} className="side-brand"><Brand /></NavLink>
        <NavEntries />
        <p className="side-foot">{t('brand.promise')}</p>
      </div>
    </nav>
  );
}
