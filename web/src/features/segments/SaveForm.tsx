import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

export interface Label {
  name: string;
  description: string;
  owner: string;
}

interface SaveProps {
  label: Label;
  /** The version that there is of this name; null where there is none. */
  version: number | null;
  ready: boolean;
  busy: boolean;
  /** It is frozen: its members are kept, so no rule can be saved under its name. */
  frozen: boolean;
  onLabel: (label: Label) => void;
  onSave: () => void;
}

/** A name makes a rule a segment; a name that is there gets a new version. */
export function SaveForm({ label, version, frozen, ready, busy, onLabel, onSave }: SaveProps) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-label={t('segmenting.save_as')}>
      <form className="segments-save" onSubmit={(event) => { event.preventDefault(); onSave(); }}>
        {(['name', 'description', 'owner'] as const).map((field) => (
          <Input key={field} value={label[field]} placeholder={t(`segmenting.${field}`)} aria-label={t(`segmenting.${field}`)} onChange={(event) => onLabel({ ...label, [field]: event.target.value })} />
        ))}
        <Button type="primary" htmlType="submit" disabled={!ready || frozen || label.name.trim() === ''} loading={busy}>{version === null || frozen ? t('segmenting.save') : t('segmenting.save_version', { version: version + 1 })}</Button>
      </form>
      {version !== null && <p className="hint">{t(frozen ? 'segmenting.is_frozen' : 'segmenting.is_there', { name: label.name.trim(), version })}</p>}
    </section>
  );
}
