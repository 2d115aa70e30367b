import { Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Args } from '@/shared/api/batch';
import { useAsk } from '@/shared/api/hooks';
import { Figure } from '@/shared/figure/Figure';
import { EmptyState, ErrorState, LoadingState } from '@/shared/view/States';
import { fieldsOf, orderOf, statuses, type FixField, type Mend, type Order } from './order';

interface InputProps {
  field: FixField;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Input({ field, label, value, onChange }: InputProps) {
  const { t } = useTranslation();
  if (field === 'status') {
    return (
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t('quality.fix.keep')}</option>
        {statuses.map((status) => <option key={status} value={status}>{t(`quality.status.${status}`)}</option>)}
      </select>
    );
  }
  if (field === 'ordered_at') return <input type="datetime-local" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)} />;
  if (field === 'customer') return <input type="text" aria-label={label} value={value} placeholder={t('quality.fix.customer_hint')} onChange={(event) => onChange(event.target.value)} />;
  return <input type="number" step="0.01" aria-label={label} value={value} placeholder={t('quality.fix.keep')} onChange={(event) => onChange(event.target.value)} />;
}

function Now({ field, order, currency }: { field: FixField; order: Order; currency: string }) {
  const { t } = useTranslation();
  if (field === 'status') return <>{order.status === null ? '—' : t(`quality.status.${order.status}`)}</>;
  if (field === 'ordered_at') return <Figure value={order.day} unit="date" />;
  if (field === 'customer') return <>{order.customer > 0 ? t('quality.detail.customer', { id: order.customer }) : t('quality.fix.nobody')}</>;
  return <Figure value={order.amounts[field]} unit="minor" currency={currency} exact />;
}

export interface FixFormProps {
  orderKey: string;
  /** What is most likely wrong; it comes first. */
  mend: Mend;
  currency: string;
  dataVersion: number;
  onFix: (args: Args) => void;
  onClose: () => void;
}

/** What is right of an order: only what is filled in is corrected. */
export function FixForm({ orderKey, mend, currency, dataVersion, onFix, onClose }: FixFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft] = useState<Partial<Record<FixField, string>>>({});
  const [reason, setReason] = useState('');
  const asked = useAsk({ command: 'quality order', args: { order: orderKey }, lane: 'quality' }, dataVersion);
  const order = asked.answer && orderOf(asked.answer);
  const given = Object.entries(draft).filter(([, value]) => value.trim() !== '');
  const send = () => {
    onFix({ order: orderKey, ...Object.fromEntries(given.map(([field, value]) => [field, value.trim()])), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) });
    onClose();
  };
  return (
    <Modal
      open title={t('quality.fix.title', { key: orderKey })} okText={t('quality.fix.yes')} cancelText={t('quality.detail.no')} okButtonProps={{ disabled: given.length === 0 || !order }}
      onOk={send} onCancel={onClose}
    >
      {asked.error && !asked.answer && <ErrorState error={asked.error} onRetry={asked.retry} />}
      {!asked.answer && !asked.error && <LoadingState height={160} />}
      {asked.answer && !order && <EmptyState title={t('quality.fix.none')} text={t('quality.fix.none_hint')} />}
      {order && (
        <div className="quality-fix">
          <p className="hint">{t('quality.fix.hint')}</p>
          {fieldsOf(mend).map((field) => (
            <div key={field} className={field === mend ? 'quality-fix-field quality-fix-first' : 'quality-fix-field'}>
              <span>{t(`quality.fix.${field}`)}</span>
              <span className="quality-fix-now"><Now field={field} order={order} currency={currency} /></span>
              <Input field={field} label={t(`quality.fix.${field}`)} value={draft[field] ?? ''} onChange={(value) => setDraft({ ...draft, [field]: value })} />
            </div>
          ))}
          <div className="quality-fix-field">
            <label htmlFor={id}>{t('quality.fix.reason')}</label>
            <span />
            <input id={id} type="text" value={reason} onChange={(event) => setReason(event.target.value)} />
          </div>
        </div>
      )}
    </Modal>
  );
}
