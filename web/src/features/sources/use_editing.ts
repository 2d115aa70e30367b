import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiError } from '@/shared/api/http';
import { doJob } from '@/shared/api/jobs';
import { countOf, draftOf, lookAt, noWishes, wishesOf, type Seen, type Wishes } from '@/shared/mapping/mapping';
import { useNewest } from '@/shared/mapping/use_newest';
import { whereArgs, type Described, type SourceForm } from './form';

/** What a source gave when it was tested. `seen` null: it is there and has nothing yet. */
export interface Tested {
  seen: Seen | null;
  wishes: Wishes;
  start: Wishes;
}

export interface Editing {
  form: SourceForm;
  tested: Tested | null;
  /** What is under way. */
  busy: 'test' | 'save' | null;
  error: ApiError | null;
  describe: (form: SourceForm) => void;
  test: () => void;
  correct: (wishes: Wishes) => void;
  save: (then: () => void) => void;
}

/** Another place gives other rows; another name, schedule or secret-to-be does not. */
function placeOf({ kind, settings, secrets }: SourceForm): string {
  return JSON.stringify([kind, settings, secrets]);
}

/** A source while a person describes it, tests it, corrects its mapping and saves it. */
export function useEditing(begun: Described): Editing {
  const client = useQueryClient();
  const { ask, forget } = useNewest();
  const [form, setForm] = useState(begun.form);
  const [tested, setTested] = useState<Tested | null>(null);
  const [busy, setBusy] = useState<Editing['busy']>(null);
  const [error, setError] = useState<ApiError | null>(null);

  const describe = (next: SourceForm) => {
    if (placeOf(next) !== placeOf(form)) {
      forget();
      setTested(null);
      setBusy(null);
      setError(null);
    }
    setForm(next);
  };

  const look = (draft: string | null, use: (seen: Seen | null) => void, wait?: number) => {
    setBusy('test');
    setError(null);
    const args = whereArgs(form);
    ask(() => lookAt('sources look', { ...args, name: args.name || 'new', draft }), (outcome) => {
      setBusy(null);
      setError(outcome.error);
      if (!outcome.error) use(outcome.value);
    }, wait);
  };

  const test = () => {
    const before = begun.obeyed || begun.mapping || null;
    look(before, (seen) => {
      const start = seen === null || before === null ? noWishes : wishesOf(seen);
      setTested({ seen, wishes: start, start });
    }, 0);
  };

  const correct = (wishes: Wishes) => {
    if (tested === null) return;
    setTested({ ...tested, wishes });
    look(draftOf(wishes) ?? '{}', (seen) => setTested((now) => now && { ...now, seen }));
  };

  const save = (then: () => void) => {
    const changed = tested !== null && tested.seen !== null && countOf(tested.wishes, tested.start) > 0;
    setBusy('save');
    setError(null);
    doJob('sources add', {
      ...whereArgs(form), schedule: form.schedule, enabled: form.enabled, look: false, mapping_text: changed ? tested.seen?.mapping : begun.mapping,
    }).then(() => {
      void client.invalidateQueries();
      then();
    }, (failed: ApiError) => {
      setBusy(null);
      setError(failed);
    });
  };
  return { form, tested, busy, error, describe, test, correct, save };
}
