import { useTranslation } from 'react-i18next';
import { Brand } from './shell/Brand';

/** Without the token there is nothing to see but how to come in. */
export function Locked() {
  const { t } = useTranslation();
  return (
    <main className="locked">
      <Brand />
      <h1>{t('locked.title')}</h1>
      <p>{t('locked.text')}</p>
      <code>http://127.0.0.1:…/?token=…</code>
    </main>
  );
}
