import { useTranslation } from 'react-i18next';
import { DOCUMENT_PARTS, type DocumentOptions } from '../../../shared/document/options.ts';
import { Field } from '../../ui/Field.tsx';
import { withPart } from './model.ts';

interface PartChoicesProps {
  readonly options: DocumentOptions;
  readonly onChange: (options: DocumentOptions) => void;
}

/** Which parts of an official document stand around the text. */
export function PartChoices({ options, onChange }: PartChoicesProps) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend>{t('exporting.parts')}</legend>
      {DOCUMENT_PARTS.map((part) => (
        <div key={part}>
          <label className={part === 'sealed' ? 'export-part under' : 'export-part'}>
            <input
              type="checkbox"
              checked={options[part] && (part !== 'sealed' || options.signature)}
              disabled={part === 'sealed' && !options.signature}
              onChange={(event) => onChange(withPart(options, part, event.target.checked))}
            />
            {t(`exporting.part.${part}`)}
          </label>
          {part === 'letterhead' && options.letterhead ? (
            <div className="export-letterhead">
              <Field
                label={t('exporting.masthead')}
                hint={t('exporting.mastheadHint')}
                maxLength={60}
                lang="zh-CN"
                value={options.masthead}
                onType={(masthead) => onChange({ ...options, masthead })}
              />
              <Field
                label={t('exporting.docNumber')}
                maxLength={60}
                lang="zh-CN"
                value={options.docNumber}
                onType={(docNumber) => onChange({ ...options, docNumber })}
              />
            </div>
          ) : null}
        </div>
      ))}
      <p className="cap">{t('exporting.fromParticulars')}</p>
    </fieldset>
  );
}
