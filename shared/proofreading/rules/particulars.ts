import type { Particulars } from '../../particulars/particulars.ts';
import { particularOf, sayDate } from '../../particulars/particulars.ts';
import type { PlacedRemark, ProofBlock } from '../finding.ts';
import type { MessageKey } from '../messages.ts';

const RECIPIENT = /^[^。；]{2,60}[：:]$/;
const DATE =
  /^(?:[（(])?(\d{4}|[二〇○零一三四五六七八九Ｏ]{4})年([\d一二三四五六七八九十]{1,3})月([\d一二三四五六七八九十]{1,3})日(?:[）)])?$/;
const ISSUER =
  /(?:委员会|政府|办公室|工作委员会|党工委|党委|党组|局|厅|部|院|会|中心|公司|支部|学校|大学|中学|小学|医院|站|所|处|委|法院|检察院|办|馆|社|团|队|组|科|室|联|厂|集团|指挥部|银行|联合会|协会)$/;
/** Kinds that go up and need a signer (GB/T 9704-2012, 7.2.6). */
const UPWARD = /(?:报告|请示)(?:（[^）]*）)?$/;
const OWN_KIND = /(?:调研|调查|考察|述职|述廉|评估|检测|鉴定)(?:述廉)?报告(?:（[^）]*）)?$/;
const OFFICIAL = /(?:报告|请示|决议|决定|命令|公报|公告|通告|意见|通知|通报|批复|议案|函|纪要)(?:（[^）]*）)?$/;

/** What an official document must carry besides its text: 主送, 署名, 成文日期, 签发人 (GB/T 9704-2012 §7). Told at the title. */
export function missingParticulars(blocks: readonly ProofBlock[], particulars: Particulars): PlacedRemark[] {
  const titleAt = blocks.findIndex(({ kind }) => kind === 'title');
  const title = blocks[titleAt]?.text ?? '';
  const found: PlacedRemark[] = [];
  const lack = (message: MessageKey) =>
    found.push({ block: Math.max(0, titleAt), from: 0, to: title.length, message, severity: 'warning', source: 'gbt-9704' });
  if (titleAt === -1 || title.trim() === '') {
    if (blocks.length > 0) found.push({ block: 0, from: 0, to: 0, message: 'lacks-title', severity: 'warning', source: 'gbt-9704' });
    return found;
  }
  // Surveys and statements of one's own work are not sent as documents by themselves.
  if (!OFFICIAL.test(title) || OWN_KIND.test(title)) return found;
  const prose = blocks.filter(({ kind, text }) => kind !== 'title' && text.trim() !== '');
  const opening = prose.slice(0, 2);
  const ending = prose.slice(-4);
  const has = (field: 'addressees' | 'issuer' | 'date' | 'signer') => particularOf(particulars, field).length > 0;
  const isNamed = (text: string) => text.length <= 40 && !/[。，；：]/.test(text) && ISSUER.test(text.trim());
  const dateAt = ending.find(({ text }) => DATE.test(text.trim()));
  if (!/(?:公报|公告|通告|纪要|决议|决定)$/.test(title) && !has('addressees') && !opening.some(({ text }) => RECIPIENT.test(text.trim())))
    lack('lacks-addressees');
  if (!/纪要$/.test(title) && !has('issuer') && !ending.some(({ text }) => isNamed(text))) lack('lacks-issuer');
  if (!/纪要$/.test(title) && !has('date') && dateAt === undefined) lack('lacks-date');
  if (UPWARD.test(title) && !has('signer'))
    found.push({ block: titleAt, from: 0, to: title.length, message: 'lacks-signer', severity: 'hint', source: 'gbt-9704' });
  if (dateAt !== undefined) {
    const block = blocks.indexOf(dateAt);
    const text = dateAt.text.trim();
    const set = particularOf(particulars, 'date');
    if (typeof set === 'string' && set !== '' && sayDate(set) !== text && /^\d/.test(text)) {
      found.push({
        block,
        from: 0,
        to: dateAt.text.length,
        message: 'date-differs',
        severity: 'warning',
        params: { text, particulars: sayDate(set) },
        source: 'gbt-9704',
      });
    }
  }
  const type = particularOf(particulars, 'type');
  if (typeof type === 'string' && type !== '' && !title.replace(/（[^）]*）$/, '').endsWith(type)) {
    found.push({
      block: titleAt,
      from: 0,
      to: title.length,
      message: 'type-differs',
      severity: 'warning',
      params: { type },
      source: 'gongwen-2012',
    });
  }
  return found;
}
