import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsk } from '@/shared/api/hooks';
import type { Answer } from '@/shared/api/types';
import { useWork } from '@/shared/api/use_work';
import { useGround } from '@/shared/state/scope';
import { Panel } from '@/shared/view/Panel';
import { ErrorState } from '@/shared/view/States';
import { argsOf, formOf, isSet, weekdays, type HoursForm } from './hours';

interface FormProps {
  first: HoursForm;
  busy: boolean;
  onSave: (form: HoursForm) => void;
  onClear: () => void;
}

function Form({ first, busy, onSave, onClear }: FormProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(first);
  const changed = JSON.stringify(form) !== JSON.stringify(first);
  return (
    <>
      <div className="hours-week">
        {weekdays.map((day) => (
          <div className="hours-day" key={day}>
            <label className="field-label" htmlFor={`hours-${day}`}>{t(`settings.hours.${day}`)}</label>
            <Input
              id={`hours-${day}`} value={form.week[day]} placeholder={t('settings.hours.closed')}
              onChange={(event) => setForm({ ...form, week: { ...form.week, [day]: event.target.value } })}
            />
          </div>
        ))}
      </div>
      <div className="hours-dates">
        {(['holidays', 'workdays'] as const).map((kind) => (
          <div className="field" key={kind}>
            <label className="field-label" htmlFor={`hours-${kind}`}>{t(`settings.hours.${kind}`)}</label>
            <Input.TextArea
              id={`hours-${kind}`} value={form[kind]} autoSize={{ minRows: 3, maxRows: 10 }} placeholder={t(`settings.hours.${kind}_example`)}
              onChange={(event) => setForm({ ...form, [kind]: event.target.value })}
            />
          </div>
        ))}
      </div>
      <div className="row-actions">
        <button type="button" className="button" disabled={busy || !changed || !isSet(form)} onClick={() => onSave(form)}>
          {t(busy ? 'settings.stages.saving' : 'settings.stages.save')}
        </button>
        {isSet(first) && <button type="button" className="tool" disabled={busy} onClick={onClear}>{t('settings.hours.clear')}</button>}
      </div>
    </>
  );
}

/** When the service of the shop is at work: the analysis of tickets counts its times in these hours. */
export function Hours() {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const work = useWork();
  const [writing, setWriting] = useState(false);
  const shown = useAsk({ command: 'hours show', args: {}, lane: 'hours' }, freshness.dataVersion);
  const form = (answer: Answer) => {
    const first = formOf(answer, t('settings.hours.closed'));
    return (
      <>
        {work.error && <ErrorState error={work.error} />}
        <Form
          key={JSON.stringify(first)} first={first} busy={work.job !== null}
          onSave={(written) => work.start('hours set', argsOf(written, (day) => t(`settings.hours.${day}`)))}
          onClear={() => work.start('hours set', { none: true })}
        />
      </>
    );
  };
  const begin = <button type="button" className="button" onClick={() => setWriting(true)}>{t('settings.hours.begin')}</button>;
  return (
    <Panel
      title={t('settings.hours.title')} subtitle={t('settings.hours.subtitle')} asked={shown} withoutTable
      emptyTitle={t('settings.hours.none')} emptyText={t('settings.hours.example')}
      emptyAction={writing && shown.answer ? <div className="hours-first">{form(shown.answer)}</div> : begin}
    >
      {form}
    </Panel>
  );
}
