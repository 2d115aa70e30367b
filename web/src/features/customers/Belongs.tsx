import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asText, cellAt } from '@/shared/api/answer';
import { useAsk } from '@/shared/api/hooks';
import { localise } from '@/shared/api/localise';
import type { Answer } from '@/shared/api/types';
import { Figure } from '@/shared/figure/Figure';
import { useLanguage } from '@/shared/i18n/language';
import { Panel } from '@/shared/view/Panel';

interface Props {
  id: string;
  dataVersion: number;
}

interface MarksProps extends Props {
  kind: 'tags' | 'consent';
  /** The name of the mark in a row, and what stands beside it; `rows` is the answer in the language of the page. */
  entry: (row: number, rows: Answer, answer: Answer) => { name: string; said: ReactNode; quiet?: boolean };
}

/** A list of what was noted of the person, each with its name. */
function Marks({ id, dataVersion, kind, entry }: MarksProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const asked = useAsk({ command: `${kind} of`, args: { customer: `id:${id}` }, lane: 'customer-belongs' }, dataVersion);
  return (
    <Panel
      title={t(`customers.${kind}.title`)} subtitle={t(`customers.${kind}.subtitle`)} asked={asked}
      emptyTitle={t(`customers.${kind}.none`)} emptyText={t(`customers.${kind}.none_hint`)}
    >
      {(answer) => {
        const rows = localise(answer, language);
        return (
          <dl className="facts">
            {rows.rows.map((_, row) => {
              const { name, said, quiet } = entry(row, rows, answer);
              return (
                <div key={asText(cellAt(rows, row, 'name'))}>
                  <dt>{name}</dt>
                  <dd className={quiet ? 'hint' : undefined}>{said}</dd>
                </div>
              );
            })}
          </dl>
        );
      }}
    </Panel>
  );
}

/** Tags with who gave them and when. */
export function Tags(props: Props) {
  return (
    <Marks
      {...props} kind="tags"
      entry={(row, rows) => ({
        name: asText(cellAt(rows, row, 'name')),
        said: (
          <>
            {[asText(cellAt(rows, row, 'how')), asText(cellAt(rows, row, 'by'))].filter(Boolean).join(' · ')}{' '}
            {cellAt(rows, row, 'at') !== null && <Figure value={asText(cellAt(rows, row, 'at'))} unit="time" />}
          </>
        ),
        quiet: true,
      })}
    />
  );
}

/** Over which channels she may be written to. Who said nothing did not agree. */
export function Consent(props: Props) {
  const { t } = useTranslation();
  return (
    <Marks
      {...props} kind="consent"
      entry={(row, _rows, answer) => ({
        name: t(`customers.consent.${asText(cellAt(answer, row, 'name'))}`),
        said: t(`customers.consent.said_${asText(cellAt(answer, row, 'state'))}`),
      })}
    />
  );
}
