import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { analysisRequest } from '@/shared/api/requests';
import { AnswerView } from '@/shared/charts/AnswerView';
import { AnswerTable } from '@/shared/charts/AnswerTable';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { ownParams, readArgs, toArgs } from '@/shared/params/args';
import { ParamForm } from '@/shared/params/ParamForm';
import { useGround } from '@/shared/state/scope';
import { ExplainDrawer } from '@/shared/view/ExplainDrawer';
import { Panel } from '@/shared/view/Panel';
import { EmptyState, LoadingState } from '@/shared/view/States';
import { AsSegments } from './AsSegments';
import { apart } from './lists';

/** Draws any analysis from its card: question, parameters, answer by view, table, method. */
export default function AnalysisPage() {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const { name = '' } = useParams();
  const [search] = useSearchParams();
  const { scope, freshness } = useGround();
  const catalogue = useCatalogue();
  const [explained, setExplained] = useState(false);
  const params = useMemo(
    () => ownParams('analysis', catalogue.data?.commands.find((command) => command.name === `analyse ${name}`)?.params ?? []), [catalogue.data, name]);
  const command = catalogue.data?.commands.find((each) => each.name === `analyse ${name}`);
  const hasRules = command?.params.some((param) => param.name === 'with_rule') ?? false;
  const own = useMemo(() => ({ ...toArgs(readArgs(search, params), params), ...(hasRules ? { with_rule: true } : {}) }), [search, params, hasRules]);
  const card = catalogue.data?.analyses.find((each) => each.name === name);
  const asked = useAsk(scope && card ? analysisRequest(name, scope, own) : null, freshness.dataVersion);
  if (!catalogue.data) return <div className="page"><LoadingState height={320} /></div>;
  const toList = { pathname: '/analyses', search: search.toString() };
  if (!card) {
    return <div className="page"><EmptyState text={t('analysis.unknown', { name })} action={<Link className="button" to={toList}>{t('analysis.back')}</Link>} /></div>;
  }
  const title = words(card.title);
  return (
    <div className="page">
      <nav className="crumbs" aria-label={t('nav.crumbs')}>
        <Link to={toList}>{t('nav.analyses')}</Link> <span aria-hidden="true">/</span> <span>{title}</span>
      </nav>
      <header className="page-head"><div><h1>{title}</h1><p>{words(card.question)}</p></div></header>
      {scope === null ? <EmptyState text={t('empty.no_orders')} /> : (
        <div className="with-params">
          <Panel title={title} asked={asked} onExplain={() => setExplained(true)} height={380}>
            {(answer) => {
              const { answer: mine, lists } = apart(localise(answer, language), language);
              const drawn = mine.view === 'curve' || mine.view === 'bars';
              return (
                <>
                  <AnswerView answer={mine} title={title} height={360} />
                  {drawn && mine.rows.length <= 40 && <AnswerTable answer={mine} exact={false} />}
                  <AsSegments lists={lists} />
                </>
              );
            }}
          </Panel>
          {params.length > 0 && (
            <aside className="panel params" aria-label={t('analysis.params')}>
              <h2>{t('analysis.params')}</h2>
              <ParamForm params={params} />
            </aside>
          )}
        </div>
      )}
      <ExplainDrawer
        open={explained} onClose={() => setExplained(false)} title={title} question={card.question} method={card.method}
        request={null} dataVersion={freshness.dataVersion}
      />
    </div>
  );
}
