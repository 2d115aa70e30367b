import { useTranslation } from 'react-i18next';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { asText } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { Hours } from './Hours';
import { Stages } from './Stages';

const keys = ['truth', 'nothing', 'period', 'status', 'interval'] as const;

/** Each fact under its name in the reader's language; whole numbers are counts. Tables that only the program needs have no name. */
function Facts({ answer }: { answer: Answer }) {
  const { t, i18n } = useTranslation();
  const named = answer.rows.filter(([item]) => i18n.exists(`fact.${asText(item)}`));
  return (
    <dl className="facts">
      {named.map(([item, value]) => {
        const name = asText(item);
        const isCount = name.endsWith('_rows');
        const shown = name === 'week_start' ? t(`choice.${asText(value)}`) : value;
        return (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd><Figure value={isCount ? Number(value) : shown} unit={isCount ? 'count' : 'none'} exact={isCount} /></dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What this shop decides for itself; beside it what it runs on and how to read the screens. */
export default function SettingsPage() {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const catalogue = useCatalogue();
  const status = useAsk({ command: 'status', args: {}, lane: 'status' }, freshness.dataVersion);
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('settings.title')}</h1><p>{t('settings.subtitle')}</p></div></header>
      <div className="grid">
        <div className="stack span-7">
          <Stages />
          <Hours />
        </div>
        <div className="stack span-5">
          <Panel title={t('settings.state')} asked={status} withoutTable>
            {(answer) => <Facts answer={answer} />}
          </Panel>
          <section className="panel" aria-label={t('settings.read')}>
            <header className="panel-head"><div className="panel-titles"><h2>{t('settings.read')}</h2></div></header>
            <dl className="reading">
              {keys.map((key) => <div key={key}><dt>{t(`reading.${key}.term`)}</dt><dd>{t(`reading.${key}.text`)}</dd></div>)}
            </dl>
            {catalogue.data && <p className="hint">{t('settings.version', { version: catalogue.data.version })}</p>}
          </section>
        </div>
      </div>
    </div>
  );
}
