import { Popover } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGround } from '@/shared/state/scope';
import { useViewState } from '@/shared/state/use_view_state';
import { addDays } from '@/shared/state/date';
import { filterNames } from '@/shared/state/view_state';
import { PeriodMenu } from './PeriodMenu';

const FilterDrawer = lazy(() => import('./FilterDrawer'));

/** Period, comparison and filters as one quiet line; what is chosen stands there as chips. */
export function FilterBar() {
  const { t } = useTranslation();
  const [state, change] = useViewState();
  const { scope } = useGround();
  const [open, setOpen] = useState<boolean | null>(null);
  const [periodOpen, setPeriodOpen] = useState(false);
  if (scope === null) return null;
  const { from, to } = scope.period;
  const chosen = filterNames.flatMap((name) => state.filters[name].map((value) => ({ name, value })));
  const drop = (name: (typeof filterNames)[number], value: string) =>
    change({ filters: { ...state.filters, [name]: state.filters[name].filter((each) => each !== value) } });
  return (
    <div className="filters">
      <Popover
        trigger="click" placement="bottomLeft" open={periodOpen} onOpenChange={setPeriodOpen} destroyOnHidden
        content={<PeriodMenu onDone={() => setPeriodOpen(false)} />}
      >
        <button type="button" className="pill pill-period" aria-expanded={periodOpen}>
          <strong>{t(`period.${state.preset}`)}</strong>
          <span>{`${from} – ${addDays(to, -1)}`}</span>
        </button>
      </Popover>
      <button type="button" className="pill" onClick={() => setOpen(true)}>
        <span>{t(`granularity.${scope.granularity}`)}</span>
        <span className="pill-sep" aria-hidden="true">·</span>
        <span>{t(`compare.${state.compare}`)}</span>
        <span className="pill-sep" aria-hidden="true">·</span>
        <span>{t(`status.${state.status}`)}</span>
      </button>
      {chosen.map(({ name, value }) => (
        <span className="chip" key={`${name}=${value}`}>
          {`${t(`filter.${name}`)}: ${value}`}
          <button type="button" aria-label={t('filter.remove', { value })} onClick={() => drop(name, value)}>×</button>
        </span>
      ))}
      <button type="button" className="pill pill-add" onClick={() => setOpen(true)}>{t('filter.open')}</button>
      {open !== null && <Suspense><FilterDrawer open={open} onClose={() => setOpen(false)} /></Suspense>}
    </div>
  );
}
