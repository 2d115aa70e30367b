import { isEmptyAnswer } from '@/shared/api/answer';
import type { Asked } from '@/shared/api/hooks';

export type ViewPhase = 'loading' | 'empty' | 'not_enough' | 'error' | 'answer';

/** Which of the five states a view is in. An error keeps the last good answer on the screen. */
export function phaseOf({ answer, error, loading }: Pick<Asked, 'answer' | 'error' | 'loading'>): ViewPhase {
  if (error && !loading) {
    if (error.failure.code === 'not_enough_data') return 'not_enough';
    return answer ? 'answer' : 'error';
  }
  if (answer === null) return 'loading';
  return isEmptyAnswer(answer) ? 'empty' : 'answer';
}
