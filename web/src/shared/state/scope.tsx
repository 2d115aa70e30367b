import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { Freshness } from '@/shared/api/freshness';
import type { Scope } from '@/shared/api/requests';
import { addDays } from './date';
import { useViewState } from './use_view_state';
import { resolveGranularity, resolvePeriod } from './view_state';

interface Ground {
  freshness: Freshness;
  /** Null while the shop has no orders. */
  scope: Scope | null;
}

const Context = createContext<Ground | null>(null);

/** What lies under every screen: how fresh the data is and which question is asked of it. */
export function ScopeProvider({ freshness, children }: { freshness: Freshness; children: ReactNode }) {
  const [state] = useViewState();
  const ground = useMemo<Ground>(() => {
    if (freshness.first === null || freshness.last === null) return { freshness, scope: null };
    const period = resolvePeriod(state, { first: freshness.first, end: addDays(freshness.last, 1) });
    return { freshness, scope: { state, period, granularity: resolveGranularity(state.by, period), last: freshness.last } };
  }, [freshness, state]);
  return <Context.Provider value={ground}>{children}</Context.Provider>;
}

export function useGround(): Ground {
  const ground = useContext(Context);
  if (ground === null) throw new Error('useGround needs a ScopeProvider');
  return ground;
}
