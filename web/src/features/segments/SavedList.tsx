import { Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Asked } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import { Dated } from '@/shared/figure/Dated';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';
import { asList, savedOf, withoutNotes, type Saved } from './records';

interface Acts {
  busy: boolean;
  onOpen: (segment: Saved) => void;
  onVersions: (segment: Saved) => void;
  onRemove: (segment: Saved) => void;
  onFreeze: (segment: Saved) => void;
  onMoves: (segment: Saved) => void;
}

/** That its members are kept, since which day, and whose they were. */
function FrozenMark({ segment }: { segment: Saved }) {
  const { t } = useTranslation();
  return (
    <span className="segments-frozen" title={t('segmenting.frozen_from', { name: segment.frozenOf })}>
      <b>{t('segmenting.frozen')}</b> <Dated text={t('segmenting.frozen_when', { day: segment.frozenOn })} />
    </span>
  );
}

function Line({ segment, currency, busy, onOpen, onVersions, onRemove, onFreeze, onMoves }: Acts & { segment: Saved; currency: string }) {
  const { t } = useTranslation();
  const { name } = segment;
  const isReferred = segment.referredBy !== '';
  const isFrozen = segment.frozenOn !== '';
  const about = [segment.description, segment.owner, isFrozen ? t('segmenting.frozen_from', { name: segment.frozenOf }) : '', isReferred ? t('segmenting.used_by', { names: segment.referredBy }) : ''];
  return (
    <li>
      <span>
        <button type="button" className="tool segments-name" onClick={() => onOpen(segment)}>{name}</button>
        {isFrozen && <FrozenMark segment={segment} />}
      </span>
      <span><Figure value={segment.customers} unit="count" /> <Figure value={segment.share} unit="ratio" /></span>
      <Figure value={segment.net} unit="minor" currency={currency} />
      <span className="hint">
        {segment.problem !== '' && <em>{`${t('segmenting.broken')} ${segment.problem} `}</em>}
        {about.filter(Boolean).join(' · ')}
      </span>
      <span className="segments-acts">
        {!isFrozen && <button type="button" className="tool" aria-label={t('segmenting.moves.one', { name })} onClick={() => onMoves(segment)}>{t('segmenting.moves.act')}</button>}
        {!isFrozen && segment.problem === '' && <button type="button" className="tool" aria-label={t('segmenting.freeze.one', { name })} onClick={() => onFreeze(segment)}>{t('segmenting.freeze.act')}</button>}
        <button type="button" className="tool" aria-label={t('segmenting.versions_of', { name })} onClick={() => onVersions(segment)}>{t('segmenting.version', { version: segment.version })}</button>
        <Popconfirm
          title={t('segmenting.sure', { name })} description={isReferred ? t('segmenting.breaks', { names: segment.referredBy }) : undefined}
          okText={t(isReferred ? 'segmenting.remove_anyway' : 'segmenting.remove')} cancelText={t('segmenting.no')} okButtonProps={{ danger: isReferred }} onConfirm={() => onRemove(segment)}
        >
          <button type="button" className="tool" disabled={busy} aria-label={t('segmenting.remove_one', { name })}>{t('segmenting.remove')}</button>
        </Popconfirm>
      </span>
    </li>
  );
}

/** Saved segments with their customers now; a broken one says why, and a used one by whom. */
export function SavedList({ asked, ...acts }: Acts & { asked: Asked }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Panel title={t('segmenting.saved')} subtitle={t('segmenting.saved_hint')} asked={asList(withoutNotes(asked, ['nothing']))} emptyTitle={t('segmenting.none')} emptyText={t('segmenting.none_hint')} withoutTable>
      {(answer) => (
        <ul className="segments-saved">
          {savedOf(localise(answer, language)).map((segment) => <Line key={segment.name} segment={segment} currency={answer.currency} {...acts} />)}
        </ul>
      )}
    </Panel>
  );
}
