import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { setLanguage, startI18n } from '@/shared/i18n';

startI18n();
setLanguage('en');
afterEach(() => {
  cleanup();
  setLanguage('en');
});
