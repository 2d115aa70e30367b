import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect } from 'react';
import { BrowserRouter } from 'react-router-dom';
import { ApiError } from '@/shared/api/http';
import { useLanguage } from '@/shared/i18n/language';
import { Pages } from './Pages';
import { theme } from './theme';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      staleTime: 5 * 60_000,
      // Only what may pass by itself is asked again.
      retry: (count, error) => count < 1 && error instanceof ApiError && error.failure.code === 'unavailable',
    },
  },
});

export function App() {
  const language = useLanguage();
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en');
  }, [language]);
  return (
    <QueryClientProvider client={client}>
      <ConfigProvider locale={language === 'zh' ? zhCN : enUS} theme={theme}>
        <BrowserRouter><Pages /></BrowserRouter>
      </ConfigProvider>
    </QueryClientProvider>
  );
}
