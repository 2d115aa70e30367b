import { InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asNumber, asText, cellAt } from '@/shared/api/answer';
import { useAsk } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';
import { useWork } from '@/shared/api/use_work';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { ErrorState } from '@/shared/view/States';
import { changedLimits, limitsOf, type Limit } from './limits';

interface FormProps {
  limits: Limit[];
  busy: boolean;
  onSave: (changed: Record<string, number>) => void;
  /** Beside the button that saves. */
  beside: ReactNode;
}

function Form({ limits, busy, onSave, beside }: FormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [values, setValues] = useState<Record<string, number>>({});
  const changed = changedLimits(limits, values);
  return (
    <>
      <div className="setting-fields">
        {limits.map((limit) => (
          <div className="field" key={limit.name}>
            <label className="field-label" htmlFor={`limit-${limit.name}`}>{limit.doc[language]}</label>
            <InputNumber
              id={`limit-${limit.name}`} value={values[limit.name] ?? limit.value} min={0} max={3650} precision={0} changeOnWheel={false}
              onChange={(value) => setValues({ ...values, [limit.name]: value ?? limit.value })}
            />
          </div>
        ))}
      </div>
      <div className="row-actions">
        <button type="button" className="button" disabled={busy || Object.keys(changed).length === 0} onClick={() => onSave(changed)}>
          {t(busy ? 'settings.stages.saving' : 'settings.stages.save')}
        </button>
        {beside}
      </div>
    </>
  );
}

function Suggested({ answer, busy, onUse }: { answer: Answer; busy: boolean; onUse: () => void }) {
  const { t } = useTranslation();
  const heads = ['limit', 'now', 'back', 'suggested', 'share'] as const;
  return (
    <>
      <div className="table-scroll">
        <table className="answer-table">
          <thead><tr>{heads.map((head) => <th key={head} scope="col">{t(`settings.stages.${head}`)}</th>)}</tr></thead>
          <tbody>
            {answer.rows.map((_, row) => (
              <tr key={asText(cellAt(answer, row, 'limit'))}>
                <td>{t(`settings.stages.${asText(cellAt(answer, row, 'limit'))}`)}</td>
                <td><Figure value={asNumber(cellAt(answer, row, 'value'))} unit="days" /></td>
                <td><Figure value={asNumber(cellAt(answer, row, 'back_by_value'))} unit="ratio" /></td>
                <td><Figure value={asNumber(cellAt(answer, row, 'suggested'))} unit="days" /></td>
                <td><Figure value={asNumber(cellAt(answer, row, 'back_by_suggested'))} unit="ratio" /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="row-actions">
        <button type="button" className="button" disabled={busy} onClick={onUse}>{t('settings.stages.use')}</button>
      </div>
    </>
  );
}

/** When customers stop being active, and when they are lost: by hand, or as the gaps of the shop suggest. */
export function Stages() {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const [wanted, setWanted] = useState(false);
  const work = useWork();
  const shown = useAsk({ command: 'stages show', args: {}, lane: 'stages' }, freshness.dataVersion);
  const suggested = useAsk(wanted ? { command: 'stages suggest', args: {}, lane: 'stages' } : null, freshness.dataVersion);
  const busy = work.job !== null;
  return (
    <>
      <Panel title={t('settings.stages.title')} subtitle={t('settings.stages.subtitle')} asked={shown} withoutTable>
        {(answer) => {
          const limits = limitsOf(answer);
          return (
            <>
              {work.error && <ErrorState error={work.error} />}
              <Form
                key={limits.map((limit) => limit.value).join()} limits={limits} busy={busy}
                onSave={(changed) => work.start('stages set', changed)}
                beside={!wanted && <button type="button" className="tool" onClick={() => setWanted(true)}>{t('settings.stages.suggest')}</button>}
              />
            </>
          );
        }}
      </Panel>
      {wanted && (
        <Panel title={t('settings.stages.suggest')} subtitle={t('settings.stages.suggest_subtitle')} asked={suggested} withoutTable>
          {(answer) => <Suggested answer={answer} busy={busy} onUse={() => work.start('stages set', { from_gaps: true })} />}
        </Panel>
      )}
    </>
  );
}
