import { useCallback, useEffect, useRef } from 'react';
import { ApiError, failureOf } from '@/shared/api/http';

const quiet = 350;

export type Outcome<T> = { value: T; error: null } | { value: null; error: ApiError };

export interface Newest {
  /** Asks once the person pauses; an answer that is not the newest is not told. */
  ask: <T>(question: () => Promise<T>, tell: (outcome: Outcome<T>) => void, wait?: number) => void;
  forget: () => void;
}

/** Questions that follow one another quickly, of which only the last one counts. */
export function useNewest(): Newest {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const round = useRef(0);
  const forget = useCallback(() => {
    round.current += 1;
    clearTimeout(timer.current);
  }, []);
  useEffect(() => forget, [forget]);
  const ask: Newest['ask'] = useCallback((question, tell, wait = quiet) => {
    forget();
    const mine = round.current;
    timer.current = setTimeout(() => {
      question().then((value) => { if (mine === round.current) tell({ value, error: null }); }, (error: unknown) => {
        if (mine === round.current) tell({ value: null, error: error instanceof ApiError ? error : failureOf(null, 0) });
      });
    }, wait);
  }, [forget]);
  return { ask, forget };
}
