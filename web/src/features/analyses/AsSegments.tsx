import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { Figure } from '@/shared/figure/Figure';
import type { CustomerList } from './lists';

/** Each list of customers behind the numbers, on its way to be a segment. */
export function AsSegments({ lists }: { lists: CustomerList[] }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  if (lists.length === 0) return null;
  const to = (rule: string) => {
    const next = new URLSearchParams(search);
    [...next.keys()].filter((key) => key.startsWith('arg.')).forEach((key) => next.delete(key));
    next.set('rule', rule);
    return { pathname: '/segments', search: next.toString() };
  };
  return (
    <section className="as-segments" aria-label={t('analysis.as_segments')}>
      <h3>{t('analysis.as_segments')}</h3>
      <p className="hint">{t('analysis.as_segments_hint')}</p>
      <ul>
        {lists.map((list) => (
          <li key={list.name}><Link className="pill" to={to(list.rule)}>{list.name} <Figure value={list.customers} unit="count" exact /></Link></li>
        ))}
      </ul>
    </section>
  );
}
