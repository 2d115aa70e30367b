import type { ReactNode } from 'react';
import './message.css';

interface MessageProps {
  kind: 'error' | 'warning' | 'info' | 'good';
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}

const marks = { error: '!', warning: '◔', info: 'i', good: '✓' } as const;

/** What happened and what to do, in a line of its own; the mark says its kind without colour. */
export function Message({ kind, title, children, actions }: MessageProps) {
  return (
    <div className={`data-message data-message-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <span className="data-mark" aria-hidden="true">{marks[kind]}</span>
      <div>
        <p className="data-message-title">{title}</p>
        {children && <div className="data-message-text">{children}</div>}
        {actions && <div className="row-actions">{actions}</div>}
      </div>
    </div>
  );
}
