import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { setLanguage, startI18n } from '@/shared/i18n';

configure({ asyncUtilTimeout: 30000 });
startI18n();
setLanguage('en');
afterEach(() => {
  cleanup();
  setLanguage('en');
});
