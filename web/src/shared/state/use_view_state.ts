import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseState, writeState, type ViewState } from './view_state';

/** The state in the address, and how to change it. A change is a step of the back button. */
export function useViewState(): [ViewState, (change: Partial<ViewState>) => void] {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => parseState(search), [search]);
  const change = useCallback(
    (part: Partial<ViewState>) => setSearch((current) => writeState({ ...parseState(current), ...part }, current)),
    [setSearch],
  );
  return [state, change];
}
