import { InboxOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useId, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/shared/api/http';
import { failureText } from '@/shared/view/States';
import { useLanguage } from '@/shared/i18n/language';
import { looksReadable } from './files';
import { Message } from '@/shared/view/Message';

interface DropZoneProps {
  /** The shop has no orders yet: the page is nothing but this. */
  first: boolean;
  error: ApiError | null;
  onFile: (file: File) => void;
  onDemo: () => void;
}

/** Takes one file by dropping or choosing. */
export function DropZone({ first, error, onFile, onDemo }: DropZoneProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (!file) return;
    if (looksReadable(file.name)) onFile(file);
    else setRefused(file.name);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const failure = error && failureText(error, language);
  return (
    <div
      className={`data-drop ${first ? 'data-drop-first' : ''} ${over ? 'data-drop-over' : ''}`}
      onDragOver={(event) => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => setOver(false)} onDrop={drop}
    >
      <InboxOutlined aria-hidden="true" />
      <div className="data-drop-words">
        <h2>{t(first ? 'data.drop.first' : 'data.drop.title')}</h2>
        <p id={hint}>{t('data.drop.hint')}</p>
      </div>
      <input
        ref={input} type="file" className="data-file" tabIndex={-1} aria-hidden="true"
        accept=".csv,.tsv,.txt,.xlsx,.xlsm,.jsonl,.ndjson,.parquet,.gz,text/csv,text/plain,text/tab-separated-values,application/gzip"
        onChange={(event) => { take(event.target.files); event.target.value = ''; }}
      />
      <Button type="primary" size="large" aria-describedby={hint} onClick={() => input.current?.click()}>{t('data.drop.choose')}</Button>
      {refused && <Message kind="error" title={t('data.drop.kind', { name: refused })}>{t('data.drop.kind_hint')}</Message>}
      {failure && <Message kind="error" title={failure.message}>{failure.hint}</Message>}
      {first && (
        <div className="data-demo">
          <p>{t('data.drop.first_hint')}</p>
          <Button onClick={onDemo}>{t('data.drop.demo')}</Button>
          <small>{t('data.drop.demo_hint')}</small>
        </div>
      )}
    </div>
  );
}
