import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { useAsk, type Asked } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { AnswerTable } from '@/shared/charts/AnswerTable';
import { useLanguage } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { withoutBlanks, type Survey } from './records';

/** Without any answer and any link there is nothing to say. */
function orEmpty(asked: Asked, survey: Survey): Asked {
  const isEmpty = !survey.answers && !survey.links;
  return asked.answer === null || !isEmpty ? asked : { ...asked, answer: { ...asked.answer, rows: [] } };
}

/** What came of one survey, and where its answers stand beside all others. */
export function Results({ survey }: { survey: Survey }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { search } = useLocation();
  const { freshness } = useGround();
  const shown = useAsk({ command: 'surveys show', args: { survey: survey.id }, lane: 'surveys' }, freshness.dataVersion);
  return (
    <Panel
      title={t('surveys.results', { title: survey.title })} subtitle={survey.question} asked={orEmpty(shown, survey)} withoutTable
      emptyTitle={t('surveys.no_answers')} emptyText={t('surveys.no_answers_hint')}
      actions={survey.kind === 'nps' && <Link className="tool" to={{ pathname: '/analyses/nps', search }}>{t('surveys.in_analysis')}</Link>}
    >
      {(answer) => <AnswerTable answer={withoutBlanks(localise(answer, language))} exact={false} />}
    </Panel>
  );
}
