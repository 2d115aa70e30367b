import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { useCatalogue } from '@/shared/api/hooks';
import type { View } from '@/shared/api/types';
import { useWords } from '@/shared/i18n/language';
import { LoadingState } from '@/shared/view/States';

const sketches: Partial<Record<View, string>> = {
  curve: 'M4 44C14 44 16 14 30 12S52 8 76 6',
  bars: 'M6 44V26M20 44V14M34 44V30M48 44V8M62 44V22M76 44V34',
  heatmap: 'M6 8h14v9H6zM24 8h14v9H24zM42 8h14v9H42zM60 8h14v9H60zM6 21h14v9H6zM24 21h14v9H24zM42 21h14v9H42zM6 34h14v9H6zM24 34h14v9H24z',
  table: 'M6 10h68M6 21h68M6 32h68M6 43h68',
};

export default function AnalysesPage() {
  const { t } = useTranslation();
  const words = useWords();
  const { search } = useLocation();
  const catalogue = useCatalogue();
  if (!catalogue.data) return <div className="page"><LoadingState height={320} /></div>;
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('analyses.title')}</h1><p>{t('analyses.subtitle')}</p></div></header>
      <ul className="analysis-tiles">
        {catalogue.data.analyses.map((card) => (
          <li key={card.name}>
            <Link to={{ pathname: `/analyses/${card.name}`, search }}>
              <svg viewBox="0 0 80 50" aria-hidden="true">
                <path d={sketches[card.view] ?? sketches.table} fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
              </svg>
              <h2>{words(card.title)}</h2>
              <p className="tile-question">{words(card.question)}</p>
              <span className="tile-open">{t('panel.open')} →</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
