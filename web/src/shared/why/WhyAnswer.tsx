import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { blockersOf, treeOf, type Blocker, type Part } from './parts';
import './why.css';

const marks = { holds: '✓', fails: '✗', unknown: '?' };

function Hers({ part, currency }: { part: Part; currency: string }) {
  const { t } = useTranslation();
  if (part.value === undefined) return null;
  return (
    <span className="why-value">
      {t('reasons.hers')} <b>{part.value.shown === null ? t('reasons.unknown') : <Figure value={part.value.shown} unit={part.value.unit} currency={currency} exact />}</b>
    </span>
  );
}

/** `turned`: below a negation, where what does not hold is right. */
function Node({ part, currency, turned }: { part: Part; currency: string; turned: boolean }) {
  return (
    <li>
      <div className={`why-part why-${turned ? 'turned' : part.state}`}>
        <span className="why-mark" aria-hidden="true">{marks[part.state]}</span>
        <span className="why-text">{part.text}</span>
        <Hers part={part} currency={currency} />
        <span className="why-state">{part.said}</span>
      </div>
      {part.parts.length > 0 && <ul>{part.parts.map((child, index) => <Node key={index} part={child} currency={currency} turned={turned || part.kind === 'not'} />)}</ul>}
    </li>
  );
}

function Blocking({ blocker, currency }: { blocker: Blocker; currency: string }) {
  const { t } = useTranslation();
  const { part, isNegated } = blocker;
  const text = part.kind === 'any_of' || part.kind === 'all_of' ? `${part.text} (${part.parts.map((each) => each.text).join(' · ')})` : part.text;
  return <li>{isNegated ? t('reasons.must_not', { text }) : text} <Hers part={part} currency={currency} /></li>;
}

/** Whether she is in, what keeps her out, and every part of the rule beside her own value. */
export function WhyAnswer({ answer }: { answer: Answer }) {
  const { t } = useTranslation();
  const root = treeOf(localise(withCode(answer), useLanguage()));
  if (root === null) return null;
  const isIn = root.state === 'holds';
  const blockers = blockersOf(root);
  return (
    <>
      <div className={`why-verdict why-${isIn ? 'holds' : 'fails'}`} role="status">
        <p><span className="why-mark" aria-hidden="true">{isIn ? marks.holds : marks.fails}</span> <strong>{t(isIn ? 'reasons.in' : 'reasons.out')}</strong></p>
        {!isIn && <p className="hint">{t(blockers.length === 1 ? 'reasons.one_missing' : 'reasons.more_missing', { count: blockers.length })}</p>}
        {!isIn && <ul>{blockers.map((blocker, index) => <Blocking key={index} blocker={blocker} currency={answer.currency} />)}</ul>}
      </div>
      <ul className="why-tree" aria-label={t('reasons.tree')}><Node part={root} currency={answer.currency} turned={false} /></ul>
    </>
  );
}

/** The code of the state beside its words, which bear the same name in one language. */
function withCode(answer: Answer): Answer {
  const at = answer.columns.findIndex((column) => column.name === 'state');
  const code = answer.columns[at];
  if (code === undefined) return answer;
  return { ...answer, columns: [...answer.columns, { ...code, name: 'code' }], rows: answer.rows.map((row) => [...row, row[at] ?? null]) };
}

/** Without the verdict of the command line: the page says it larger. */
export function withoutVerdict(asked: Asked): Asked {
  const { answer } = asked;
  return answer === null ? asked : { ...asked, answer: { ...answer, notes: answer.notes.filter(({ code }) => code !== 'in' && code !== 'not_in') } };
}
