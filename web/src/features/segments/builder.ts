import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/shared/i18n/language';
import type { Fact } from './catalogue';
import { replace } from './edits';
import type { Group, Node } from './tree';
import type { Drag } from './use_drag';

export interface Focus {
  id: string;
  enter: boolean;
}

/** What every part of the tree needs: what can be asked, what is wrong where, and how to change it. */
export interface Builder {
  root: Group;
  facts: Fact[];
  /** Saved segments. */
  names: string[];
  currency: string;
  /** What lacks or is wrong, by node. */
  marks: Map<string, string[]>;
  /** The node that was just added, moved or copied. */
  focus: Focus | null;
  /** `what` names the place, so that letters typed one after another are one step back. */
  edit: (root: Group, what?: string) => void;
  /** Brings the focus to a node; `enter`: to its first field. */
  look: (id: string, enter?: boolean) => void;
  /** Said to those who do not see the tree move. */
  say: (text: string) => void;
  drag: Drag;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = useContext(BuilderContext);
  if (builder === null) throw new Error('useBuilder needs a BuilderContext');
  return builder;
}

/** Puts another node in the place of one. */
export function usePut(): (node: Node, what?: string) => void {
  const { root, edit } = useBuilder();
  return (node, what = '') => edit(replace(root, node.id, node), what === '' ? '' : `${node.id}:${what}`);
}

/** The sign of the shop's currency, as `¥`. */
export function useCurrencySign(): string {
  const { currency } = useBuilder();
  const language = useLanguage();
  if (currency === '') return '';
  const parts = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-US', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}

/** A comparison in words that fit the type. */
export function useOpText(): (op: string, type: string) => string {
  const { t } = useTranslation();
  const names: Record<string, string> = {
    '': 'some', '>=': 'ge', '>': 'gt', '=': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', between: 'between', in: 'in', contains: 'contains', known: 'known', unknown: 'unknown',
  };
  return (op, type) => t(`segmenting.op.${type === 'date' || type === 'text' ? type : 'number'}.${names[op] ?? 'eq'}`);
}
