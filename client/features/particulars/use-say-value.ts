import { useTranslation } from 'react-i18next';
import type { ParticularField, ParticularValue, Secrecy, Urgency } from '../../../shared/particulars/particulars.ts';
import { PARTICULARS, SECRECY, sayDate, URGENCY } from '../../../shared/particulars/particulars.ts';

/** A value in words. */
export function useSayValue(): (field: ParticularField, value: ParticularValue) => string {
  const { t } = useTranslation();
  const sayChoice = useSayChoice();
  return (field, value) => {
    if (value.length === 0) return t('particulars.clashEmpty');
    if (typeof value !== 'string') return value.join(t('common.join'));
    if (PARTICULARS[field] === 'date') return sayDate(value);
    return field === 'secrecy' || field === 'urgency' ? sayChoice(field, value) : value;
  };
}

export function useSayChoice(): (field: 'secrecy' | 'urgency', value: string) => string {
  const { t } = useTranslation();
  return (field, value) => {
    if (field === 'secrecy') {
      const known = SECRECY.find((one): one is Exclude<Secrecy, ''> => one !== '' && one === value);
      return known === undefined ? t('particulars.none') : t(`particulars.secrecy.${known}`);
    }
    const known = URGENCY.find((one): one is Exclude<Urgency, ''> => one !== '' && one === value);
    return known === undefined ? t('particulars.none') : t(`particulars.urgency.${known}`);
  };
}
