import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { asText, columnIndex } from '@/shared/api/answer';
import { useAsk } from '@/shared/api/hooks';
import { metricRequest } from '@/shared/api/requests';
import { useGround } from '@/shared/state/scope';
import { useViewState } from '@/shared/state/use_view_state';
import {
  compares, definitions, filterNames, granularities, statusPolicies, type FilterName,
} from '@/shared/state/view_state';

/** The values a filter can take are those that have buyers in the period. */
function FilterValues({ name }: { name: FilterName }) {
  const { t } = useTranslation();
  const [state, change] = useViewState();
  const { scope, freshness } = useGround();
  const request = scope && metricRequest({
    metrics: ['buyers'], groupBy: name, lane: 'filters',
    scope: { ...scope, state: { ...scope.state, filters: { ...scope.state.filters, [name]: [] } } },
  });
  const asked = useAsk(request, freshness.dataVersion);
  const options = useMemo(() => {
    if (asked.answer === null) return [];
    const index = Math.max(0, columnIndex(asked.answer, name));
    const values = new Set(asked.answer.rows.map((row) => asText(row[index])).filter((value) => value !== ''));
    return [...values].map((value) => ({ value, label: value }));
  }, [asked.answer, name]);
  return (
    <Select
      mode="multiple" allowClear showSearch value={state.filters[name]} options={options} loading={asked.loading}
      placeholder={t('filter.all')} aria-label={t(`filter.${name}`)} maxTagCount="responsive"
      notFoundContent={asked.loading ? t('state.loading') : t('filter.nothing')}
      onChange={(values: string[]) => change({ filters: { ...state.filters, [name]: values } })}
    />
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  choices: readonly T[];
  text: (choice: T) => string;
  onChange: (choice: T) => void;
  hint?: string;
}

function Choice<T extends string>({ label, value, choices, text, onChange, hint }: ChoiceProps<T>) {
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      <Select<T>
        value={value} aria-label={label} onChange={onChange}
        options={choices.map((choice) => ({ value: choice, label: text(choice) }))}
      />
      {hint && <span className="hint">{hint}</span>}
    </div>
  );
}

export function FilterForm() {
  const { t } = useTranslation();
  const [state, change] = useViewState();
  return (
    <div className="filter-form">
      <Choice
        label={t('filter.granularity')} value={state.by} choices={['auto', ...granularities] as const}
        text={(choice) => t(`granularity.${choice}`)} onChange={(by) => change({ by })}
      />
      <Choice
        label={t('filter.compare')} value={state.compare} choices={compares}
        text={(choice) => t(`compare.${choice}`)} onChange={(compare) => change({ compare })}
      />
      <Choice
        label={t('filter.status')} value={state.status} choices={statusPolicies}
        text={(choice) => t(`status.${choice}`)} onChange={(status) => change({ status })} hint={t(`status_hint.${state.status}`)}
      />
      <Choice<string>
        label={t('filter.definition')} value={state.definition} choices={definitions}
        text={(choice) => t(`definition.${choice}`)} onChange={(definition) => change({ definition })}
        hint={t(`definition_hint.${state.definition}`)}
      />
      <hr />
      {filterNames.map((name) => (
        <div className="field" key={name}>
          <span className="field-label">{t(`filter.${name}`)}</span>
          <FilterValues name={name} />
        </div>
      ))}
    </div>
  );
}
