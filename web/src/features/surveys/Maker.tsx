import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { argsOf, blank, isReady, type Draft } from './records';

const pairs = ['title', 'question', 'comment'] as const;
const single = ['days', 'address', 'by'] as const;

interface MakerProps {
  busy: boolean;
  onMake: (args: Record<string, string>) => void;
}

/** A new survey: a title in one language is enough, all else has a usual form. */
export function Maker({ busy, onMake }: MakerProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft>(blank);
  const field = (name: keyof Draft, example: string) => (
    <div className="field" key={name}>
      <label className="field-label" htmlFor={`survey-${name}`}>{t(`surveys.field.${name}`)}</label>
      <Input id={`survey-${name}`} value={draft[name]} placeholder={example} onChange={(event) => setDraft({ ...draft, [name]: event.target.value })} />
    </div>
  );
  return (
    <section className="panel" aria-label={t('surveys.make')}>
      <header className="panel-head"><div className="panel-titles"><h2>{t('surveys.make')}</h2><p>{t('surveys.make_hint')}</p></div></header>
      <form
        className="surveys-maker"
        onSubmit={(event) => {
          event.preventDefault();
          onMake(argsOf(draft));
          setDraft(blank);
        }}
      >
        <Segmented
          aria-label={t('surveys.field.kind')} value={draft.kind} onChange={(kind) => setDraft({ ...draft, kind })}
          options={[{ value: 'nps' as const, label: t('surveys.kind.nps') }, { value: 'csat' as const, label: t('surveys.kind.csat') }]}
        />
        {pairs.flatMap((name) => [field(name, t(`surveys.example.${name}`)), field(`${name}_zh`, t(`surveys.example.${name}_zh`))])}
        {single.map((name) => field(name, t(`surveys.example.${name}`)))}
        <div className="row-actions"><Button type="primary" htmlType="submit" disabled={!isReady(draft)} loading={busy}>{t('surveys.make_act')}</Button></div>
      </form>
    </section>
  );
}
