import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Args } from '@/shared/api/batch';
import { useAsk } from '@/shared/api/hooks';
import type { ApiError } from '@/shared/api/http';
import { asApiError, runJob } from '@/shared/api/run_job';
import { useWords } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { useAddress } from '@/shared/state/use_address';
import { ErrorState, LoadingState } from '@/shared/view/States';
import { Entries } from './Entries';
import { History } from './History';
import { ImportPanel } from './ImportPanel';
import { fieldsOf, formsOf, type FormCard } from './records';
import './forms.css';

/** One change at a time; everything is asked again after it. */
function useChange() {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (command: string, args: Args): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await runJob(command, args);
      return true;
    } catch (reason) {
      setError(asApiError(reason));
      return false;
    } finally {
      setBusy(false);
      void client.invalidateQueries();
    }
  };
  return { busy, error, run, refresh: () => void client.invalidateQueries() };
}

function FormView({ card }: { card: FormCard }) {
  const words = useWords();
  const { freshness } = useGround();
  const { busy, error, run, refresh } = useChange();
  const form = card.name;
  const fields = useAsk({ command: 'forms fields', args: { form }, lane: 'forms' }, freshness.dataVersion);
  const entries = useAsk({ command: 'forms entries', args: { form }, lane: 'forms' }, freshness.dataVersion);
  const history = useAsk({ command: 'forms history', args: { form }, lane: 'forms' }, freshness.dataVersion);
  if (fields.answer === null) return fields.error ? <ErrorState error={fields.error} onRetry={fields.retry} /> : <LoadingState />;
  return (
    <>
      <p className="forms-doc">{words(card.doc)}</p>
      {error && <ErrorState error={error} />}
      <Entries
        form={form} title={words(card.title)} fields={fieldsOf(fields.answer)} asked={entries}
        changes={{
          busy,
          add: (values) => run('forms add', { form, values }),
          change: (entry, values) => run('forms change', { form, entry, values }),
          remove: (entry) => run('forms remove', { form, entry }),
        }}
      />
      <ImportPanel form={form} busy={busy} onSaved={refresh} />
      <History asked={history} busy={busy} onUndo={(what) => void run('forms undo', { ...what })} />
    </>
  );
}

/** What no system has, entered by hand or from a file. Which form is in the address. */
export default function FormsPage() {
  const { t } = useTranslation();
  const words = useWords();
  const { freshness } = useGround();
  const [search, change] = useAddress();
  const list = useAsk({ command: 'forms list', args: {}, lane: 'forms' }, freshness.dataVersion);
  const cards = list.answer ? formsOf(list.answer) : [];
  const card = cards.find((each) => each.name === search.get('form')) ?? cards[0];
  const choose = (name: string) => change((next) => next.set('form', name));
  return (
    <div className="page">
      <header className="page-head"><div><h1>{t('forms.title')}</h1><p>{t('forms.subtitle')}</p></div></header>
      {list.answer === null && (list.error ? <ErrorState error={list.error} onRetry={list.retry} /> : <LoadingState />)}
      <nav className="forms-list" aria-label={t('forms.list')}>
        {cards.map((each) => (
          <button key={each.name} type="button" aria-current={each === card ? 'page' : undefined} onClick={() => choose(each.name)}>
            {words(each.title)} <small>{each.entries}</small>
          </button>
        ))}
      </nav>
      {card && <FormView key={card.name} card={card} />}
    </div>
  );
}
