import { useTranslation } from 'react-i18next';
import { filterNames, type ViewState } from './view_state';

/** Analyses look at the whole shop: where filters are chosen, the line under their title says so. */
export function useOfShop(state: ViewState | undefined): (text: string) => string {
  const { t } = useTranslation();
  const filtered = state !== undefined && filterNames.some((name) => state.filters[name].length > 0);
  return (text) => (filtered ? [t('filter.whole_shop'), text].filter(Boolean).join(' ') : text);
}
