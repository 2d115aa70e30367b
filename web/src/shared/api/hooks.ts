import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, cleanArgs, type CommandRequest } from './batch';
import { ApiError, fetchJson } from './http';
import type { Answer, Catalogue } from './types';

export function useCatalogue(): UseQueryResult<Catalogue> {
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: ({ signal }) => fetchJson<Catalogue>('/api/catalogue', { signal }),
    staleTime: 30_000,
  });
}

/** What a view draws from: at most one of `answer` and `error` is fresh; `answer` may be the last good one. */
export interface Asked {
  answer: Answer | null;
  /** When `answer` came. */
  answeredAt: number | null;
  error: ApiError | null;
  loading: boolean;
  retry: () => void;
}

function asApiError(error: unknown): ApiError | null {
  if (error === null || error === undefined) return null;
  if (error instanceof ApiError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new ApiError({ code: 'engine_failed', message: text, hint: '', message_zh: text, hint_zh: '' }, 0);
}

/** One command, kept by (command, args, data version). A null request asks nothing. */
export function useAsk(request: CommandRequest | null, dataVersion: number): Asked {
  const query = useQuery({
    queryKey: ['ask', dataVersion, request?.command, cleanArgs(request?.args ?? {})],
    // Only reading `signal` makes TanStack Query give the question up when nobody looks any more.
    queryFn: (context) => ask(request as CommandRequest, request?.abandon ? context.signal : undefined),
    enabled: request !== null,
    placeholderData: keepPreviousData,
  });
  // The last good answer outlives a question that fails: TanStack Query keeps one only while it waits.
  const [kept, keep] = useState<{ answer: Answer; at: number } | null>(null);
  const isNew = query.data !== kept?.answer || query.dataUpdatedAt !== kept?.at;
  if (query.data && !query.isPlaceholderData && isNew) keep({ answer: query.data, at: query.dataUpdatedAt });
  return {
    answer: query.data ?? (query.error ? (kept?.answer ?? null) : null),
    answeredAt: query.data ? query.dataUpdatedAt : (kept?.at ?? null),
    error: asApiError(query.error),
    loading: query.isFetching,
    retry: () => void query.refetch(),
  };
}
