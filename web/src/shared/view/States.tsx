import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/shared/api/http';
import { Dated } from '@/shared/figure/Dated';
import { useLanguage } from '@/shared/i18n/language';

/** Grey shapes that appear only after 200 ms (in the style sheet), so quick answers do not flicker. */
export function LoadingState({ height = 180 }: { height?: number }) {
  const { t } = useTranslation();
  return (
    <div className="state-loading" style={{ height }} role="status" aria-label={t('state.loading')}>
      <span style={{ height: '22%' }} />
      <span style={{ height: '46%' }} />
      <span style={{ height: '34%' }} />
      <span style={{ height: '70%' }} />
      <span style={{ height: '58%' }} />
      <span style={{ height: '88%' }} />
    </div>
  );
}

interface MessageProps {
  mark: string;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  kind: 'empty' | 'not_enough' | 'error';
}

function Message({ mark, title, children, action, kind }: MessageProps) {
  return (
    <div className={`state state-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <span className="state-mark" aria-hidden="true">{mark}</span>
      <p className="state-title">{title}</p>
      {children && <p className="state-text">{typeof children === 'string' ? <Dated text={children} /> : children}</p>}
      {action && <div className="state-action">{action}</div>}
    </div>
  );
}

export function EmptyState({ title, text, action }: { title?: string; text?: string; action?: ReactNode }) {
  const { t } = useTranslation();
  return <Message kind="empty" mark="○" title={title ?? t('state.empty')} action={action}>{text ?? t('state.empty_hint')}</Message>;
}

export function failureText(error: ApiError, language: 'zh' | 'en'): { message: string; hint: string } {
  const { message, hint, message_zh, hint_zh } = error.failure;
  return language === 'zh' ? { message: message_zh || message, hint: hint_zh || hint } : { message, hint };
}

export function NotEnoughState({ error, action }: { error: ApiError; action?: ReactNode }) {
  const { t } = useTranslation();
  const { message, hint } = failureText(error, useLanguage());
  return <Message kind="not_enough" mark="◔" title={t('state.not_enough')} action={action}>{`${message} ${hint}`}</Message>;
}

export function ErrorState({ error, onRetry }: { error: ApiError; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { message, hint } = failureText(error, useLanguage());
  const action = onRetry && <Button onClick={onRetry}>{t('state.retry')}</Button>;
  return <Message kind="error" mark="!" title={message} action={action}>{hint}</Message>;
}

/** Over an answer that is no longer fresh, because asking again failed. */
export function StaleBanner({ error, at, onRetry }: { error: ApiError; at: number | null; onRetry: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = failureText(error, language);
  const time = at === null ? '' : new Date(at).toLocaleTimeString(language === 'zh' ? 'zh-CN' : 'en-US', { hour12: false });
  return (
    <div className="stale" role="alert">
      <span>{`${t('state.stale', { time })} ${message}`}</span>
      <Button size="small" type="link" onClick={onRetry}>{t('state.retry')}</Button>
    </div>
  );
}
