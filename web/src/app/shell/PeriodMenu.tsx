import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGround } from '@/shared/state/scope';
import { addDays } from '@/shared/state/date';
import { useViewState } from '@/shared/state/use_view_state';
import { presets } from '@/shared/state/view_state';

/** Presets count from the last day of the data; any other period is typed or picked. */
export function PeriodMenu({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [state, change] = useViewState();
  const { scope } = useGround();
  const [from, setFrom] = useState(scope?.period.from ?? '');
  const [last, setLast] = useState(scope ? addDays(scope.period.to, -1) : '');
  const valid = from !== '' && last !== '' && from <= last;
  const pick = (preset: (typeof presets)[number]) => {
    change({ preset, from: '', to: '' });
    onDone();
  };
  const apply = () => {
    change({ preset: 'custom', from, to: addDays(last, 1) });
    onDone();
  };
  return (
    <div className="period-menu">
      <div className="period-presets">
        {presets.filter((preset) => preset !== 'custom').map((preset) => (
          <button type="button" key={preset} className="preset" aria-pressed={state.preset === preset} onClick={() => pick(preset)}>
            {t(`period.${preset}`)}
          </button>
        ))}
      </div>
      <div className="period-custom">
        <label>{t('period.from')}<input type="date" value={from} onChange={(event) => setFrom(event.target.value)} /></label>
        <label>{t('period.to')}<input type="date" value={last} onChange={(event) => setLast(event.target.value)} /></label>
        <Button type="primary" disabled={!valid} onClick={apply}>{t('period.apply')}</Button>
      </div>
      <p className="hint">{t('period.hint', { last: scope?.last })}</p>
    </div>
  );
}
