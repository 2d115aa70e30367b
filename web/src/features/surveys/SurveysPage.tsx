import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { useAsk } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { useWork } from '@/shared/api/use_work';
import { useLanguage } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { ErrorState } from '@/shared/view/States';
import { Ask } from './Ask';
import { List } from './List';
import { Maker } from './Maker';
import { Results } from './Results';
import { surveysOf, type Survey } from './records';
import './surveys.css';

/** Loaded when a code is first looked at: what makes codes is of no use before. */
const Poster = lazy(() => import('./Poster'));

/** Questions to customers, their links and what came of them. Which survey is looked at is in the address. */
export default function SurveysPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { freshness } = useGround();
  const work = useWork();
  const [search, setSearch] = useSearchParams();
  const list = useAsk({ command: 'surveys list', args: {}, lane: 'surveys' }, freshness.dataVersion);
  const surveys = list.answer ? surveysOf(localise(list.answer, language)) : [];
  const chosen = surveys.find((each) => each.id === search.get('survey'));
  const [hung, hang] = useState<Survey | null>(null);
  const [asking, ask] = useState<Survey | null>(null);
  const choose = (id: string) => setSearch((current) => {
    const next = new URLSearchParams(current);
    next.set('survey', id);
    return next;
  });
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('surveys.title')}</h1><p>{t('surveys.subtitle')}</p></div></header>
      {work.error && <ErrorState error={work.error} />}
      <List
        asked={list} busy={work.job !== null} chosen={chosen?.id ?? null}
        onShow={(survey) => choose(survey.id)} onClose={(survey) => work.start('surveys close', { survey: survey.id })}
        onPoster={hang} onAsk={ask}
      />
      {chosen && <Results key={`results ${chosen.id}`} survey={chosen} />}
      {hung && <Suspense fallback={null}><Poster survey={hung} onClose={() => hang(null)} /></Suspense>}
      {asking && <Ask survey={asking} onClose={() => ask(null)} />}
      <Maker busy={work.job !== null} onMake={(args) => work.start('surveys add', args)} />
    </div>
  );
}
