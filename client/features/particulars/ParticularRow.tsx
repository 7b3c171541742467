import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParticularSetting } from '../../../shared/api/particulars.ts';
import type { ParticularFault } from '../../../shared/particulars/decide.ts';
import { PARTICULARS, type ParticularField, type ParticularValue, sayDate } from '../../../shared/particulars/particulars.ts';
import { sayMoment } from '../../i18n/moments.ts';
import { Button } from '../../ui/Button.tsx';
import { ParticularInput } from './ParticularInput.tsx';
import { useSayValue } from './use-say-value.ts';

interface ParticularRowProps {
  readonly field: ParticularField;
  readonly value: ParticularValue;
  /** A level of secrecy is chosen: then there can be a period. */
  readonly secret: boolean;
  readonly setting: ParticularSetting | undefined;
  /** What somebody else put there meanwhile; null = nobody did. */
  readonly theirs: ParticularValue | null;
  readonly fault: ParticularFault | null;
  readonly onChange: (value: ParticularValue) => void;
  /** Which of the two values is to stand. */
  readonly onSettle: (mine: boolean) => void;
}

/** One particular: its name, its value, who set it and when; beside it what is wrong, or what somebody else put there. */
export function ParticularRow({ field, value, secret, setting, theirs, fault, onChange, onSettle }: ParticularRowProps) {
  const { t } = useTranslation();
  const say = useSayValue();
  const id = useId();
  const hint = hintOf(field, value, secret);
  return (
    <div className={PARTICULARS[field] === 'list' ? 'particular wide' : 'particular'}>
      <label className="label" htmlFor={id}>
        {t(`particulars.fields.${field}`)}
      </label>
      <ParticularInput
        id={id}
        field={field}
        value={value}
        off={field === 'secrecyPeriod' && !secret && value === ''}
        invalid={fault !== null || theirs !== null}
        describedBy={`${id}-said ${id}-hint`}
        onChange={onChange}
      />
      <p id={`${id}-hint`} className="cap particular-hint">
        <span lang={hint.chinese ? 'zh-CN' : undefined}>{hint.key === null ? hint.words : t(hint.key)}</span>
        {setting === undefined ? null : (
          <span className="particular-set">
            {t('particulars.setBy', { name: setting.name, when: sayMoment(setting.at), seq: setting.seq })}
          </span>
        )}
      </p>
      <p id={`${id}-said`} className="complaint" role="alert">
        {fault === null ? '' : t(`particulars.faults.${fault}`)}
      </p>
      {theirs === null ? null : (
        <div className="particular-clash" role="alert">
          <p>
            {t('particulars.clash', { name: setting?.name ?? '' })} <b lang="zh-CN">{say(field, theirs)}</b>
          </p>
          <Button size="sm" onClick={() => onSettle(false)}>
            {t('particulars.keepTheirs')}
          </Button>
          <Button size="sm" onClick={() => onSettle(true)}>
            {t('particulars.keepMine')}
          </Button>
        </div>
      )}
    </div>
  );
}

type HintKey = 'particulars.perLine' | 'particulars.periodHint' | 'particulars.periodOff' | 'particulars.noteHint';
type FieldHint =
  | { readonly key: HintKey; readonly chinese: false }
  | { readonly key: null; readonly words: string; readonly chinese: true };

/** How a value will be read in print, else how it is meant to be written. */
function hintOf(field: ParticularField, value: ParticularValue, secret: boolean): FieldHint {
  if (PARTICULARS[field] === 'date' && typeof value === 'string') return { key: null, words: sayDate(value), chinese: true };
  if (field === 'attachments' && typeof value !== 'string' && value.some((item) => item.trim() !== '')) {
    return { key: null, words: sayAttachments(value), chinese: true };
  }
  if (PARTICULARS[field] === 'list') return { key: 'particulars.perLine', chinese: false };
  if (field === 'secrecyPeriod') return { key: secret ? 'particulars.periodHint' : 'particulars.periodOff', chinese: false };
  if (field === 'note') return { key: 'particulars.noteHint', chinese: false };
  return { key: null, words: '', chinese: true };
}

/** As they are numbered in print; a single one has no number (GB/T 9704 §7.3.4). */
function sayAttachments(value: readonly string[]): string {
  const items = value.map((item) => item.trim()).filter((item) => item !== '');
  return items.length === 1 ? (items[0] ?? '') : items.map((item, index) => `${index + 1}.${item}`).join('　');
}
