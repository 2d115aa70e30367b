import { useQueryClient } from '@tanstack/react-query';
import { AutoComplete, Button, Drawer, Input, QRCode, Segmented } from 'antd';
import { useCallback, useId, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { asText, cellAt } from '@/shared/api/answer';
import { useAsk } from '@/shared/api/hooks';
import type { ApiError } from '@/shared/api/http';
import { asApiError, runJob } from '@/shared/api/run_job';
import { useGround } from '@/shared/state/scope';
import { ErrorState, LoadingState } from '@/shared/view/States';
import { codeIn, pictureOf, type Code } from './draw';
import { codeMillimetres, papers, pictureName, reachCentimetres, type Paper } from './poster';
import { isLocal, textsOf, wholeLink, type Survey } from './records';

interface Place {
  store: string;
  channel: string;
}

/** The link of a place: the survey's own until another one is made. */
function useLink(survey: Survey) {
  const client = useQueryClient();
  const [made, setMade] = useState<{ place: Place; link: string }>({ place: { store: '', channel: '' }, link: survey.link });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const make = async (place: Place) => {
    setBusy(true);
    setError(null);
    try {
      const answer = await runJob('surveys link', { survey: survey.id, store: place.store || undefined, channel: place.channel || undefined });
      setMade({ place, link: asText(cellAt(answer, 0, 'link')) });
      void client.invalidateQueries();
    } catch (reason) {
      setError(asApiError(reason));
    }
    setBusy(false);
  };
  return { made, busy, error, make };
}

/** Stores that orders came from, the most frequent first. */
function useStores(): string[] {
  const { freshness } = useGround();
  const asked = useAsk({ command: 'segments values', args: { fact: 'orders', field: 'store_key', limit: 300 }, lane: 'survey_stores' }, freshness.dataVersion);
  return textsOf(asked.answer, 'value');
}

interface SheetProps {
  survey: Survey;
  link: string;
  store: string;
}

/** The poster as it will be printed, with what to do with it. */
function Sheet({ survey, link, store }: SheetProps) {
  const { t } = useTranslation();
  const [paper, setPaper] = useState<Paper>('A4');
  const [code, setCode] = useState<Code | null>(null);
  const read = useCallback((element: HTMLDivElement | null) => { if (element) setCode(codeIn(element)); }, []);
  const { title, question } = survey;
  const picture = useMemo(() => code && pictureOf({ title, question, hint: t('surveys.poster.scan'), store, link }, code), [code, title, question, store, link, t]);
  const width = picture && code ? codeMillimetres(picture.poster, code.modules, paper) : null;
  return (
    <>
      <div key={link} ref={read} hidden><QRCode type="svg" value={link} errorLevel="M" /></div>
      {!picture || width === null ? <LoadingState height={320} /> : (
        <>
          <img className="surveys-poster" src={picture.address} alt={t('surveys.poster.alt', { title, question, link })} />
          <div className="surveys-paper">
            <Segmented<Paper> value={paper} onChange={setPaper} aria-label={t('surveys.poster.paper')} options={papers.map((value) => ({ value, label: t(`surveys.poster.paper_${value}`) }))} />
            <p className="hint">{t('surveys.poster.width', { width, reach: reachCentimetres(width) })}</p>
            <div className="row-actions">
              <Button type="primary" onClick={() => window.print()}>{t('surveys.poster.print')}</Button>
              <a className="tool" href={picture.address} download={pictureName(title, store)}>{t('surveys.poster.save')}</a>
            </div>
          </div>
          {createPortal(<img className={`surveys-print surveys-print-${paper}`} src={picture.address} alt="" aria-hidden="true" />, document.body)}
        </>
      )}
    </>
  );
}

/** The link of a survey as a code to hang up: which store and channel its answers name, and the sheet. */
export default function Poster({ survey, onClose }: { survey: Survey; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const stores = useStores();
  const { made, busy, error, make } = useLink(survey);
  const [place, setPlace] = useState<Place>({ store: '', channel: '' });
  const [shown, setShown] = useState('');
  const asked = { store: place.store.trim(), channel: place.channel.trim() };
  const isOld = asked.store !== made.place.store || asked.channel !== made.place.channel;
  return (
    <Drawer open onClose={onClose} title={t('surveys.poster.title', { title: survey.title })} width="min(620px, 100vw)">
      <div className="surveys-drawer">
        {isLocal(survey.link) && <p className="surveys-warning" role="status">{t('surveys.no_address', { origin: window.location.origin })}</p>}
        <form className="surveys-form" onSubmit={(event) => { event.preventDefault(); void make(asked); }}>
          <div className="field">
            <label className="field-label" htmlFor={`${id}store`}>{t('surveys.poster.store')}</label>
            <AutoComplete
              id={`${id}store`} value={place.store} allowClear placeholder={t('surveys.poster.store_none')} onChange={(store: string | undefined) => setPlace({ ...place, store: store ?? '' })}
              options={stores.filter((value) => value.includes(place.store.trim())).map((value) => ({ value }))}
            />
          </div>
          <div className="field">
            <label className="field-label" htmlFor={`${id}channel`}>{t('surveys.poster.channel')}</label>
            <Input id={`${id}channel`} value={place.channel} placeholder={t('surveys.poster.channel_example')} onChange={(event) => setPlace({ ...place, channel: event.target.value })} />
          </div>
          <div className="field">
            <label className="field-label" htmlFor={`${id}shown`}>{t('surveys.poster.shown')}</label>
            <Input id={`${id}shown`} value={shown} placeholder={place.store || t('surveys.poster.shown_example')} onChange={(event) => setShown(event.target.value)} />
          </div>
          {isOld && <Button type="primary" htmlType="submit" loading={busy}>{t('surveys.poster.make')}</Button>}
        </form>
        {error && <ErrorState error={error} />}
        {isOld
          ? <p className="hint" role="status">{t('surveys.poster.old')}</p>
          : <Sheet survey={survey} link={wholeLink(made.link, window.location.origin)} store={shown.trim() || made.place.store} />}
      </div>
    </Drawer>
  );
}
