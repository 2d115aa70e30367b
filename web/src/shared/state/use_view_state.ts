import { useCallback, useMemo } from 'react';
import { useAddress } from './use_address';
import { parseState, writeState, type ViewState } from './view_state';

/** The state in the address, and how to change it. A change is a step of the back button. */
export function useViewState(): [ViewState, (change: Partial<ViewState>) => void] {
  const [search, changeAddress] = useAddress();
  const state = useMemo(() => parseState(search), [search]);
  const change = useCallback(
    (part: Partial<ViewState>) => changeAddress((next) => writeState({ ...parseState(next), ...part }, next)),
    [changeAddress],
  );
  return [state, change];
}
