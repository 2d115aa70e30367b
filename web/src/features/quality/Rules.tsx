import { Segmented } from 'antd';
import { Fragment, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { useWords } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { EmptyState } from '@/shared/view/States';
import { rulesOf, type Effect, type Rule } from './records';
import { RuleDetail, type RuleDetailProps } from './RuleDetail';

type Shared = Pick<RuleDetailProps, 'currency' | 'dataVersion' | 'busy' | 'onQuarantine' | 'onFix'>;

interface RowProps extends Shared {
  rule: Rule;
  effects: Effect[];
  open: boolean;
  onToggle: () => void;
}

function Row({ rule, effects, open, onToggle, ...shared }: RowProps) {
  const { t } = useTranslation();
  const words = useWords();
  const id = useId();
  const rate = effects.find((effect) => effect.metric === 'repurchase_rate');
  const title = words(rule.title);
  return (
    <Fragment>
      <tr>
        <td><span className={`severity severity-${rule.severity}`}>{t(`quality.severity.${rule.severity}`)}</span></td>
        <th scope="row">{title}</th>
        <td className="numeric"><Figure value={rule.rows} unit="count" exact /></td>
        <td className="numeric"><Figure value={rule.share} unit="ratio" /></td>
        <td className="numeric"><Figure value={rule.lost} unit="number" /></td>
        <td className="numeric"><Figure value={rate?.change ?? null} unit={rate?.changeUnit ?? 'points'} signed /></td>
        <td>{t(`quality.advice.${rule.advice}`)}</td>
        <td>
          <button type="button" className="tool" aria-expanded={open} aria-controls={id} aria-label={t(open ? 'quality.rules.hide' : 'quality.rules.show', { rule: title })} onClick={onToggle}>
            {t('quality.rules.details')}<span aria-hidden="true">{open ? '▴' : '▾'}</span>
          </button>
        </td>
      </tr>
      {open && <tr id={id} className="quality-open"><td colSpan={8}><RuleDetail rule={rule} effects={effects} {...shared} /></td></tr>}
    </Fragment>
  );
}

interface RulesProps extends Shared {
  asked: Asked;
  effects: Map<string, Effect[]>;
}

/** Every rule with what breaks it; broken ones first. */
export function Rules({ asked, effects, ...shared }: RulesProps) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<'broken' | 'all'>('broken');
  const [open, setOpen] = useState<string | null>(null);
  const heads = ['severity', 'rule', 'rows', 'share', 'lost', 'effect', 'advice', 'details'] as const;
  const numeric = new Set<string>(['rows', 'share', 'lost', 'effect']);
  const options = (['broken', 'all'] as const).map((value) => ({ value, label: t(`quality.rules.${value}`) }));
  return (
    <Panel
      title={t('quality.rules.title')} subtitle={t('quality.rules.subtitle')} asked={asked} emptyTitle={t('quality.score.never')} emptyText={t('quality.score.never_hint')}
      actions={<Segmented size="small" aria-label={t('quality.rules.which')} options={options} value={which} onChange={(value) => setWhich(value)} />} withoutTable
    >
      {(answer) => {
        const rules = rulesOf(answer).filter((rule) => which === 'all' || rule.rows > 0);
        if (rules.length === 0) return <EmptyState title={t('quality.rules.none')} text={t('quality.rules.none_hint')} />;
        return (
          <div className="quality-scroll">
            <table className="answer-table">
              <thead><tr>{heads.map((head) => <th key={head} scope="col" className={numeric.has(head) ? 'numeric' : undefined}>{t(`quality.rules.${head}`)}</th>)}</tr></thead>
              <tbody>
                {rules.map((rule) => (
                  <Row
                    key={rule.name} rule={rule} effects={effects.get(rule.name) ?? []} open={open === rule.name}
                    onToggle={() => setOpen(open === rule.name ? null : rule.name)} {...shared}
                  />
                ))}
              </tbody>
            </table>
          </div>
        );
      }}
    </Panel>
  );
}
