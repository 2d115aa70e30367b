import { Input, InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { scheduleOf, timingOf, type Timing } from './form';

/** When a source runs: by hand, every so often, or daily at a time of the shop. */
export function Schedule({ value, onChange }: { value: string; onChange: (schedule: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const timing = timingOf(value);
  const set = (part: Partial<Timing>) => onChange(scheduleOf({ ...timing, ...part }));
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>{t('sources.form.schedule')}</label>
      <div className="source-schedule">
        <Select
          id={id} value={timing.kind} onChange={(kind: Timing['kind']) => set({ kind })}
          options={(['manual', 'every', 'daily'] as const).map((kind) => ({ value: kind, label: t(`sources.form.when.${kind}`) }))}
        />
        {timing.kind === 'every' && (
          <>
            <InputNumber value={timing.count} min={1} max={1000} precision={0} aria-label={t('sources.form.count')} onChange={(count) => set({ count: count ?? 1 })} />
            <Select
              value={timing.unit} aria-label={t('sources.form.unit')} onChange={(unit: Timing['unit']) => set({ unit })}
              options={(['m', 'h', 'd'] as const).map((unit) => ({ value: unit, label: t(`sources.form.units.${unit}`) }))}
            />
          </>
        )}
        {timing.kind === 'daily' && <Input type="time" value={timing.time} aria-label={t('sources.form.time')} onChange={(event) => set({ time: event.target.value || '03:30' })} />}
      </div>
    </div>
  );
}
