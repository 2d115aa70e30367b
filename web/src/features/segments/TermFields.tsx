import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '@/shared/i18n/language';
import { useBuilder } from './builder';
import { withFact, type Fact } from './catalogue';
import { FactSelect } from './FactSelect';
import { emptyFilter, Filters } from './Filters';
import { SpanField } from './Span';
import { useSuggestions } from './suggestions';
import type { Term } from './tree';
import { TextValue } from './Values';

interface TermProps {
  term: Term;
  label: string;
  wrong: boolean;
  fresh: boolean;
  ranking?: boolean;
  /** The comparison, between the fact and its window. */
  children?: ReactNode;
  onFact?: (fact: Fact) => void;
  onChange: (term: Term, what?: string) => void;
}

/** Facts whose brackets take a category or a product. */
const byProduct = new Set(['bought', 'bought_units', 'bought_amount', 'days_since_bought', 'viewed', 'added_to_cart']);

function Subject({ term, fact, wrong, onChange }: { term: Term; fact: Fact; wrong: boolean; onChange: TermProps['onChange'] }) {
  const { t } = useTranslation();
  const words = useWords();
  const own = useSuggestions(fact, '', term.subject !== null);
  const products = useSuggestions(fact, 'product', term.subject !== null && byProduct.has(fact.name));
  const options = [...own, ...products];
  if (fact.subject === null) return null;
  if (term.subject === null) {
    return <button type="button" className="tool segments-more" onClick={() => onChange({ ...term, subject: '' })}>{t('segmenting.which', { what: words(fact.subject) })}</button>;
  }
  return (
    <span className="segments-one">
      <TextValue
        value={term.subject} label={words(fact.subject)} placeholder={words(fact.subject)} wrong={wrong && term.subject === ''} options={options}
        onChange={(value) => onChange({ ...term, subject: String(value ?? '') }, 'subject')}
      />
      {!fact.needsSubject && (
        <button type="button" className="tool" aria-label={t('segmenting.drop_which', { what: words(fact.subject) })} onClick={() => onChange({ ...term, subject: null })}>×</button>
      )}
    </span>
  );
}

/** A fact with all that narrows it: which product, where the rows are so, in which time. */
export function TermFields({ term, label, wrong, fresh, ranking, children, onFact, onChange }: TermProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { facts } = useBuilder();
  const fact = facts.find((each) => each.name === term.fact);
  const title = fact ? words(fact.title) : label;
  return (
    <>
      <div className="segments-line">
        <FactSelect fact={term.fact} label={label} wrong={wrong} fresh={fresh} ranking={ranking} onChange={onFact ?? ((chosen) => onChange(withFact(term, chosen)))} />
        {fact && <Subject term={term} fact={fact} wrong={wrong} onChange={onChange} />}
        {children}
        {fact && fact.spans.length > 0 && <SpanField span={term.span} takes={fact.spans} name={title} wrong={wrong} onChange={(span) => onChange({ ...term, span }, 'span')} />}
        {fact && fact.fields.length > 0 && (
          <button type="button" className="tool segments-more" onClick={() => onChange({ ...term, where: [...term.where, emptyFilter()] })}>{t('segmenting.add_filter')}</button>
        )}
      </div>
      {fact && <Filters where={term.where} fact={fact} wrong={wrong} onChange={(where, what) => onChange({ ...term, where }, what)} />}
    </>
  );
}
