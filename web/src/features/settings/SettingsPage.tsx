import { useTranslation } from 'react-i18next';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { asText } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';

const keys = ['truth', 'nothing', 'period', 'status', 'interval'] as const;

/** Each fact under its name in the reader's language; whole numbers are counts. */
function Facts({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      {answer.rows.map(([item, value]) => {
        const name = asText(item);
        const isCount = name.endsWith('_rows');
        return (
          <div key={name}>
            <dt>{t(`fact.${name}`, { defaultValue: name })}</dt>
            <dd><Figure value={isCount ? Number(value) : value} unit={isCount ? 'count' : 'none'} exact={isCount} /></dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What this shop runs on, and how to read the screens. */
export default function SettingsPage() {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const catalogue = useCatalogue();
  const status = useAsk({ command: 'status', args: {}, lane: 'status' }, freshness.dataVersion);
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('settings.title')}</h1><p>{t('settings.subtitle')}</p></div></header>
      <div className="grid">
        <Panel className="span-7" title={t('settings.state')} asked={status} withoutTable>
          {(answer) => <Facts answer={answer} />}
        </Panel>
        <section className="panel span-5" aria-label={t('settings.read')}>
          <header className="panel-head"><div className="panel-titles"><h2>{t('settings.read')}</h2></div></header>
          <dl className="reading">
            {keys.map((key) => <div key={key}><dt>{t(`reading.${key}.term`)}</dt><dd>{t(`reading.${key}.text`)}</dd></div>)}
          </dl>
          {catalogue.data && <p className="hint">{t('settings.version', { version: catalogue.data.version })}</p>}
        </section>
      </div>
    </div>
  );
}
