import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router-dom';
import { Brand } from './Brand';

const strokes = {
  overview: 'M3 11 12 4l9 7M6 9.5V20h12V9.5M10 20v-5h4v5',
  metrics: 'M4 20V11M10 20V5M16 20v-7M22 20H2',
  definitions: 'M5 4h9l5 5v11H5zM13 4v6h6M8.5 14h7M8.5 17h5',
  analyses: 'M3 17c4 0 4-9 9-9s5 6 9 6M3 21h18M12 8V4',
  customers: 'M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7',
  segments: 'M12 3a9 9 0 1 0 9 9h-9zM15 3.5A9 9 0 0 1 20.5 9H15z',
  data: 'M12 15V4M8 8l4-4 4 4M4 14v6h16v-6',
  quality: 'M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5',
  identity: 'M9 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2 21c0-4 3-7 7-7M17 12a3 3 0 1 0 0-6M13 21c0-3 2-5 5-5s4 2 4 5',
  sources: 'M4 6c0-3 16-3 16 0v12c0 3-16 3-16 0zM4 6c0 3 16 3 16 0M4 12c0 3 16 3 16 0',
  forms: 'M5 3h14v18H5zM9 8h6M9 12h6M9 16h3',
  surveys: 'M4 5h16v11H9l-5 4zM8 9h8M8 12h5',
  lineage: 'M3 5h5v4H3zM3 15h5v4H3zM16 10h5v4h-5zM8 7c5 0 3 5 8 5M8 17c5 0 3-5 8-5',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4.5v5M8 14.5v5',
} as const;

const entries = [
  { to: '/', key: 'overview' },
  { to: '/metrics', key: 'metrics' },
  { to: '/definitions', key: 'definitions' },
  { to: '/analyses', key: 'analyses' },
  { to: '/customers', key: 'customers' },
  { to: '/segments', key: 'segments' },
  { to: '/data', key: 'data' },
  { to: '/quality', key: 'quality' },
  { to: '/identity', key: 'identity' },
  { to: '/sources', key: 'sources' },
  { to: '/forms', key: 'forms' },
  { to: '/surveys', key: 'surveys' },
  { to: '/lineage', key: 'lineage' },
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
