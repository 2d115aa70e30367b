import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWords } from '@/shared/i18n/language';
import { useBuilder } from './builder';
import { factGroups, isFound, type Fact } from './catalogue';

function FactLine({ fact }: { fact: Fact }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <span className="segments-fact">
      <b>{words(fact.title)}</b>
      <i>{t(`segmenting.type.${fact.type}`)}</i>
      <small>{words(fact.nothing)}</small>
    </span>
  );
}

interface FactSelectProps {
  fact: string;
  label: string;
  wrong: boolean;
  /** Open at once: it was just added. */
  fresh: boolean;
  /** Facts that rank: a text does not. */
  ranking?: boolean;
  onChange: (fact: Fact) => void;
}

/** The catalogue of facts, by kind; what is typed is looked for in both languages. */
export function FactSelect({ fact, label, wrong, fresh, ranking = false, onChange }: FactSelectProps) {
  const { t } = useTranslation();
  const words = useWords();
  const { facts } = useBuilder();
  const offered = ranking ? facts.filter((each) => each.type !== 'text') : facts;
  const groups = factGroups.map((group) => ({
    label: t(`segmenting.group.${group}`), title: group,
    options: offered.filter((each) => each.group === group).map((each) => ({ value: each.name, label: words(each.title), fact: each })),
  })).filter((group) => group.options.length > 0);
  const known = facts.some((each) => each.name === fact);
  return (
    <Select
      className="segments-fact-select" value={fact === '' ? undefined : fact} aria-label={label} status={wrong && !known ? 'error' : ''} placeholder={t('segmenting.pick_fact')}
      showSearch popupMatchSelectWidth={false} classNames={{ popup: { root: 'segments-facts' } }} listHeight={360} options={groups} defaultOpen={fresh}
      notFoundContent={t('segmenting.no_fact')}
      filterOption={(typed, option) => Boolean(option && 'fact' in option && isFound(option.fact as Fact, typed))}
      optionRender={(option) => <FactLine fact={(option.data as unknown as { fact: Fact }).fact} />}
      onChange={(name: string) => {
        const chosen = facts.find((each) => each.name === name);
        if (chosen) onChange(chosen);
      }}
    />
  );
}
