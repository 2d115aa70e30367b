import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAsk } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { useGround } from '@/shared/state/scope';
import { ErrorState, LoadingState } from '@/shared/view/States';
import { difference } from './difference';
import { versionsOf, type Version } from './records';

/** The sentence of a version, with what went and what came since the one before. */
function Said({ version, before }: { version: Version; before: Version | undefined }) {
  const { t } = useTranslation();
  if (!before) return <p className="segments-said">{version.sentence || version.rule}</p>;
  if (before.sentence === version.sentence) return <p className="segments-said">{version.sentence} <span className="hint">{t('segmenting.same_rule')}</span></p>;
  return (
    <p className="segments-said">
      {difference(before.sentence, version.sentence).map((piece, index) => {
        if (piece.kind === 'gone') return <del key={index}>{piece.text}</del>;
        return piece.kind === 'new' ? <ins key={index}>{piece.text}</ins> : <span key={index}>{piece.text}</span>;
      })}
    </p>
  );
}

interface VersionsProps {
  name: string | null;
  busy: boolean;
  onClose: () => void;
  onOpen: (version: Version) => void;
  onRestore: (version: Version) => void;
}

/** All versions of a segment, newest first, each against the one before. */
export function Versions({ name, busy, onClose, onOpen, onRestore }: VersionsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { freshness } = useGround();
  const asked = useAsk(name === null ? null : { command: 'segments show', args: { name }, lane: 'segment_versions' }, freshness.dataVersion);
  const versions = asked.answer && !asked.error ? versionsOf(localise(asked.answer, language)) : [];
  return (
    <Drawer open={name !== null} onClose={onClose} title={t('segmenting.versions_of', { name: name ?? '' })} width="min(620px, 100vw)">
      {asked.error && <ErrorState error={asked.error} onRetry={asked.retry} />}
      {asked.loading && versions.length === 0 && <LoadingState height={160} />}
      <ol className="segments-versions" aria-busy={asked.loading}>
        {versions.map((version, index) => (
          <li key={version.version}>
            <p>
              <b>{t('segmenting.version', { version: version.version })}</b> <Figure value={version.savedAt} unit="time" />
              <span className="hint">{[version.owner, version.description].filter(Boolean).join(' · ')}</span>
            </p>
            <Said version={version} before={versions[index + 1]} />
            <div className="row-actions">
              <button type="button" className="tool" onClick={() => onOpen(version)}>{t('segmenting.open_version')}</button>
              {index > 0 && (
                <button type="button" className="tool" aria-disabled={busy} aria-label={t('segmenting.restore_one', { version: version.version })} onClick={() => { if (!busy) onRestore(version); }}>{t('segmenting.restore')}</button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
