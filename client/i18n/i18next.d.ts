import 'i18next';
import type { zhCN } from './zh-CN.ts';

/** Makes every `t('…')` a checked key. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'ui';
    resources: { ui: typeof zhCN };
    returnNull: false;
  }
}
