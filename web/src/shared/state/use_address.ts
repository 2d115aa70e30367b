import { useCallback } from 'react';
import { useLocation, useSearchParams, type NavigateOptions } from 'react-router-dom';

export type ChangeAddress = (change: (next: URLSearchParams) => void, options?: NavigateOptions) => void;

/**
 * What is asked, as the address says, and how to change it. A change is laid over the address as it is at that moment:
 * what was rendered can be older, and of two who write at once the second would undo the first. Who is already on the
 * way to another page is not called back.
 */
export function useAddress(): [URLSearchParams, ChangeAddress] {
  const [search, setSearch] = useSearchParams();
  const { pathname } = useLocation();
  const change = useCallback<ChangeAddress>(
    (write, options) => {
      if (window.location.pathname !== pathname) return;
      const next = new URLSearchParams(window.location.search);
      write(next);
      setSearch(next, options);
    },
    [pathname, setSearch],
  );
  return [search, change];
}
