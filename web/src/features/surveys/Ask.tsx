import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Segmented, Select } from 'antd';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router-dom';
import { asText, cellAt } from '@/shared/api/answer';
import { beginDownload, downloadAddress } from '@/shared/api/downloads';
import { useAsk } from '@/shared/api/hooks';
import type { ApiError } from '@/shared/api/http';
import { asApiError, runJob } from '@/shared/api/run_job';
import { Figure } from '@/shared/figure/Figure';
import { useGround } from '@/shared/state/scope';
import { EmptyState, ErrorState, LoadingState } from '@/shared/view/States';
import { channels, isLocal, listName, reachOf, textsOf, type Channel, type Reach, type Survey } from './records';

const everyone = 'everyone';

interface Asking {
  rule: string;
  channel: Channel;
}

interface Made {
  asking: Asking;
  address: string;
  name: string;
  reach: Reach;
  entry: string;
}

/** The list of links: a place for it, the job that writes it, and where the browser takes it. */
function useList(survey: Survey) {
  const client = useQueryClient();
  const [made, setMade] = useState<Made | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const make = async (asking: Asking, by: string) => {
    setBusy(true);
    setError(null);
    setMade(null);
    const name = listName(survey.id, asking.channel);
    try {
      const place = await beginDownload(name);
      const answer = await runJob('surveys links', { survey: survey.id, rule: asking.rule, to: place.path, for: asking.channel, by: by || undefined });
      setMade({ asking, address: downloadAddress(place), name, reach: reachOf(answer), entry: asText(cellAt(answer, 0, 'entry')) });
      void client.invalidateQueries();
    } catch (reason) {
      setError(asApiError(reason));
    }
    setBusy(false);
  };
  return { made, busy, error, make };
}

function Counts({ reach }: { reach: Reach }) {
  const { t } = useTranslation();
  const rows = [['fitting', reach.fitting], ['without_consent', reach.withoutConsent], ['without_address', reach.withoutAddress], ['customers', reach.customers]] as const;
  return (
    <dl className="surveys-reach">
      {rows.map(([name, value]) => <div key={name}><dt>{t(`surveys.ask.count.${name}`)}</dt><dd><Figure value={value} unit="count" size={name === 'customers' ? 'large' : 'text'} /></dd></div>)}
    </dl>
  );
}

/** How many of them can be asked; nobody is a state of its own. */
function Reached({ asking, onReach }: { asking: Asking; onReach: (reach: Reach) => ReactNode }) {
  const { t } = useTranslation();
  const { freshness } = useGround();
  const asked = useAsk({ command: 'surveys reach', args: { rule: asking.rule, for: asking.channel }, lane: 'survey_reach', abandon: true }, freshness.dataVersion);
  if (asked.error) return <ErrorState error={asked.error} onRetry={asked.retry} />;
  if (asked.answer === null) return <LoadingState height={120} />;
  const reach = reachOf(asked.answer);
  if (!reach.fitting) return <EmptyState title={t('surveys.ask.nobody_fits')} text={t('surveys.ask.nobody_fits_hint')} />;
  return (
    <>
      <Counts reach={reach} />
      {reach.customers ? onReach(reach) : <EmptyState title={t('surveys.ask.nobody', { channel: t(`surveys.channel.${asking.channel}`) })} text={t('surveys.ask.nobody_hint')} />}
    </>
  );
}

/** The list is there; on a narrow window it comes below what is seen. */
function Done({ made }: { made: Made }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { void box.current?.scrollIntoView({ block: 'nearest' }); }, []);
  return (
    <div ref={box} className="surveys-done" role="status">
      <p><strong>{t('surveys.ask.done', { count: made.reach.customers ?? 0 })}</strong> {t('surveys.ask.done_hint', { entry: made.entry })}</p>
      <p><a className="button" href={made.address} download={made.name}>{t('surveys.ask.download')}</a></p>
    </div>
  );
}

/** A link of each customer's own: of which segment, through which channel, how many, and the list of them. */
export function Ask({ survey, onClose }: { survey: Survey; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const { search } = useLocation();
  const { freshness } = useGround();
  const segments = useAsk({ command: 'segments list', args: {}, lane: 'survey_segments' }, freshness.dataVersion);
  const names = textsOf(segments.answer, 'name');
  const [rule, setRule] = useState<string | null>(null);
  const [channel, setChannel] = useState<Channel>('sms');
  const [by, setBy] = useState('');
  const { made, busy, error, make } = useList(survey);
  const isMade = made !== null && made.asking.rule === rule && made.asking.channel === channel;
  return (
    <Drawer open onClose={onClose} title={t('surveys.ask.title', { title: survey.title })} width="min(620px, 100vw)">
      <div className="surveys-drawer">
        <p>{t('surveys.ask.what')}</p>
        {isLocal(survey.link) && <p className="surveys-warning" role="status">{t('surveys.ask.no_address')}</p>}
        {segments.error && !segments.answer ? <ErrorState error={segments.error} onRetry={segments.retry} /> : (
          <div className="field">
            <label className="field-label" htmlFor={`${id}segment`}>{t('surveys.ask.segment')}</label>
            <Select
              id={`${id}segment`} value={rule} showSearch loading={segments.loading} disabled={busy} placeholder={t('surveys.ask.pick')} onChange={(value: string) => setRule(value)}
              options={[{ value: everyone, label: t('surveys.ask.everyone') }, ...names.map((name) => ({ value: name, label: name }))]} optionFilterProp="label"
            />
            <span className="hint">{t(names.length === 0 ? 'surveys.ask.no_segment' : 'surveys.ask.other_segment')} <Link to={{ pathname: '/segments', search }}>{t('surveys.ask.to_segments')}</Link></span>
          </div>
        )}
        <div className="field">
          <span className="field-label" id={`${id}channel`}>{t('surveys.ask.channel')}</span>
          <Segmented<Channel> aria-labelledby={`${id}channel`} value={channel} disabled={busy} onChange={setChannel} options={channels.map((value) => ({ value, label: t(`surveys.channel.${value}`) }))} />
        </div>
        {rule === null ? <p className="hint">{t('surveys.ask.first')}</p> : (
          <Reached
            key={`${channel} ${rule}`} asking={{ rule, channel }}
            onReach={(reach) => (
              <form className="surveys-form" onSubmit={(event) => { event.preventDefault(); void make({ rule, channel }, by.trim()); }}>
                <div className="field">
                  <label className="field-label" htmlFor={`${id}by`}>{t('surveys.ask.by')}</label>
                  <Input id={`${id}by`} value={by} placeholder={t('surveys.example.by')} onChange={(event) => setBy(event.target.value)} />
                </div>
                <Button type={isMade ? 'default' : 'primary'} htmlType="submit" loading={busy}>{t('surveys.ask.make', { count: reach.customers ?? 0 })}</Button>
              </form>
            )}
          />
        )}
        {error && <ErrorState error={error} />}
        {isMade && <Done made={made} />}
      </div>
    </Drawer>
  );
}
