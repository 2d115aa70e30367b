import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { useAsk, useCatalogue } from '@/shared/api/hooks';
import { asText, cellAt } from '@/shared/api/answer';
import type { Answer } from '@/shared/api/types';
import { useWords } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import type { Node } from './layers';
import { Picture } from './Picture';
import './lineage.css';

const firstMetric = 'repurchase_rate';
const firstColumn = 'orders.customer_id';
const firstAnalysis = 'rfm';
const firstOfProfile = 'net_minor';
const looks = ['metric', 'analysis', 'profile', 'column'] as const;
type Look = (typeof looks)[number];

/** Columns that the answer names: what one may look at next. */
function columnsIn(answer: Answer | null): string[] {
  const names = (answer?.rows ?? []).flatMap((_, row) =>
    (['from', 'to'] as const).filter((end) => answer && cellAt(answer, row, `${end}_kind`) === 'column').map((end) => (answer ? asText(cellAt(answer, row, end)) : '')));
  return [...new Set(names)].sort();
}

interface Choice {
  value: string;
  label: string;
}

/** The columns of the profile, by the names that people read. */
function profileChoices(answer: Answer | null, words: ReturnType<typeof useWords>): Choice[] {
  return (answer?.rows ?? []).map((_, row) => {
    const text = (column: string) => (answer ? asText(cellAt(answer, row, column)) : '');
    return { value: text('column'), label: words({ en: text('title_en'), zh: text('title_zh') }) };
  });
}

/** Where a figure, an analysis or a column of the profile comes from, and what breaks if a column goes; what is looked at stands in the address. */
export default function LineagePage() {
  const { t } = useTranslation();
  const words = useWords();
  const { freshness } = useGround();
  const catalogue = useCatalogue();
  const [params, setParams] = useSearchParams();
  const look: Look = looks.find((each) => params.has(each)) ?? 'metric';
  const name = params.get(look) ?? firstMetric;
  const request = { command: `lineage ${look}`, args: { [look]: name }, lane: 'lineage' };
  const asked = useAsk(request, freshness.dataVersion);
  const profile = useAsk({ command: 'profile columns', args: {}, lane: 'lineage_profile' }, freshness.dataVersion);
  const ofProfile = profileChoices(profile.answer, words);
  const metrics = catalogue.data?.metrics ?? [];
  const analyses = catalogue.data?.analyses ?? [];
  const columns = [...new Set([look === 'column' ? name : firstColumn, ...columnsIn(asked.answer)])];
  const choices: Record<Look, Choice[]> = {
    metric: metrics.map((each) => ({ value: each.name, label: words(each.title) })),
    analysis: analyses.map((each) => ({ value: each.name, label: words(each.title) })),
    profile: ofProfile,
    column: columns.map((value) => ({ value, label: value })),
  };
  const title = (kind: string, of: string) => looks.flatMap((each) => (each === kind ? choices[each] : [])).find((each) => each.value === of)?.label ?? of;
  const paramsWith = (key: Look, value: string) => {
    const next = new URLSearchParams(params);
    looks.forEach((each) => next.delete(each));
    next.set(key, value);
    return next;
  };
  const address = (node: Node) => {
    const key = looks.find((each) => each === node.kind);
    return key === undefined ? null : `?${paramsWith(key, node.name).toString()}`;
  };
  const first: Record<Look, string> = { metric: firstMetric, analysis: firstAnalysis, profile: firstOfProfile, column: columns[0] ?? firstColumn };
  const chooser = (
    <div className="lineage-choose">
      <Segmented
        size="small" aria-label={t('lineage.look')} value={look}
        options={looks.map((value) => ({ value, label: t(`lineage.${value}`) }))}
        onChange={(value) => setParams(paramsWith(value, first[value]))}
      />
      <Select
        showSearch optionFilterProp="label" popupMatchSelectWidth={false} aria-label={t(`lineage.which_${look}`)} value={name} options={choices[look]}
        onChange={(value: string) => setParams(paramsWith(look, value))}
      />
    </div>
  );
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('lineage.title')}</h1><p>{t('lineage.subtitle')}</p></div></header>
      {chooser}
      <Panel
        title={t(`lineage.of_${look}`, { name: title(look, name) })} asked={asked}
        emptyTitle={t('lineage.none')}
      >
        {(answer) => <Picture answer={answer} title={title} address={address} />}
      </Panel>
    </div>
  );
}
