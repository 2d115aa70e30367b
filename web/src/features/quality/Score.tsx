import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { Sparkline } from '@/shared/charts/Sparkline';
import { Figure } from '@/shared/figure/Figure';
import { formatValue } from '@/shared/figure/format';
import { useLanguage, useWords } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { checksOf, type Rule } from './records';

interface ScoreProps {
  asked: Asked;
  rules: Rule[];
  action: React.ReactNode;
}

/** The score of the last check, what cost most of it, and how it went before. */
export function Score({ asked, rules, action }: ScoreProps) {
  const { t } = useTranslation();
  const words = useWords();
  const language = useLanguage();
  const costliest = rules.find((rule) => rule.lost > 0);
  const isStale = (asked.answer?.notes ?? []).some((note) => note.code === 'stale');
  // The score stands in figures, and what is to be done is the button beside it, no command to type.
  const shown = asked.answer ? { ...asked, answer: { ...asked.answer, notes: asked.answer.notes.filter((note) => !['score', 'stale', 'unchecked'].includes(note.code)) } } : asked;
  const number = (value: number | null) => formatValue(value, 'number', { language });
  return (
    <Panel
      title={t('quality.score.title')} subtitle={t('quality.score.subtitle')} asked={shown} emptyTitle={t('quality.score.never')}
      emptyText={t('quality.score.never_hint')} emptyAction={action} actions={asked.answer && asked.answer.rows.length > 0 ? action : undefined} withoutTable
    >
      {(answer) => {
        const checks = checksOf(answer);
        const last = checks[0];
        if (!last) return null;
        const at = formatValue(last.at, 'time', { language });
        return (
          <div className="quality-score">
            <p className="quality-points"><Figure value={last.score} unit="number" size="large" /> <small>{t('quality.score.of')}</small></p>
            <div>
              <p>
                {costliest ? t('quality.score.lost', { rule: words(costliest.title), points: number(costliest.lost) }) : t('quality.score.best')}
              </p>
              <p className="hint">{t('quality.score.orders', { orders: formatValue(last.orders, 'count', { language, exact: true }), at })}</p>
              {isStale && <p className="hint" role="status">{t('quality.score.stale')}</p>}
            </div>
            {checks.length > 1 && (
              <Sparkline values={checks.map((check) => check.score).reverse()} label={t('quality.score.course')} />
            )}
          </div>
        );
      }}
    </Panel>
  );
}
