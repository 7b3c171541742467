import { useTranslation } from 'react-i18next';
import { type BeginningOutline, headingsOf } from '../../../shared/lifecycle/beginnings.ts';

/** The headings that a new report begins with. */
export function OutlineSketch({ outline }: { readonly outline: BeginningOutline }) {
  const { t } = useTranslation();
  return (
    <ol className="sketch" lang="zh-CN" aria-label={t('home.outlineOf')}>
      {headingsOf(outline).map(({ heading, depth }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and passages have no other name
        <li key={index} className={depth === 1 ? 'inner' : heading === '' ? 'passage' : ''}>
          {heading === '' ? t('home.passageRow') : heading}
        </li>
      ))}
    </ol>
  );
}
