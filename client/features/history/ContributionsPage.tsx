import { Download, UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Contribution, Contributions } from '../../../shared/api/history.ts';
import type { Me } from '../../../shared/api.ts';
import type { NodeId } from '../../../shared/ids.ts';
import { useFailureWords } from '../../i18n/failure-words.ts';
import { figure } from '../../i18n/start.ts';
import { Avatar, initialOf } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Nothing } from '../../ui/Nothing.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usePageTitle } from '../../ui/use-page-title.ts';
import { textNodes } from '../outline/index.ts';
import { historyApi } from '../requests/index.ts';
import { csvOf } from './csv.ts';
import { type OpenPast, PastFrame, PastPage, type PastPageProps } from './PastFrame.tsx';
import { type People, usePeople } from './people.ts';
import { type PlaceNames, usePlaceNames } from './place-names.ts';
import { percent, type Share, sharesOf } from './shares.ts';
import { useAsked } from './use-asked.ts';

/** 贡献: who wrote how much of what stands, and how much in all. */
export function ContributionsPage(props: PastPageProps) {
  return <PastPage {...props}>{(past) => <Contributed past={past} me={props.me} />}</PastPage>;
}

function Contributed({ past, me }: { readonly past: OpenPast; readonly me: Me }) {
  const { t } = useTranslation();
  const failureWords = useFailureWords();
  const { report } = past;
  const [asked, again] = useAsked(`contributions ${report.id}`, () => historyApi.contributions(report.id));
  usePageTitle(t('history.contributionsPageTitle', { title: report.outline.title }));
  return (
    <PastFrame past={past} me={me} icon={<UsersRound className="ico" aria-hidden="true" />} banner={<b>{t('history.contributions')}</b>}>
      <main className="contrib" id="past">
        {asked.state === 'here' ? <Figures past={past} told={asked.value} /> : null}
        {asked.state === 'asking' ? <Skeleton lines={8} /> : null}
        {asked.state === 'failed' ? (
          <div role="alert">
            <Nothing headline={t('history.contributionsFailed')} acts={<Button onClick={again}>{t('common.retry')}</Button>}>
              {failureWords(asked.failure)}
            </Nothing>
          </div>
        ) : null}
      </main>
    </PastFrame>
  );
}

interface Place {
  /** null = the whole report. */
  readonly node: NodeId | null;
  readonly members: readonly Contribution[];
}

function Figures({ past, told }: { readonly past: OpenPast; readonly told: Contributions }) {
  const { t } = useTranslation();
  const people = usePeople(past.faces);
  const names = usePlaceNames([past.report.outline]);
  const order = textNodes(past.report.outline).map(({ id }) => id);
  const places: readonly Place[] = [
    { node: null, members: told.members },
    ...order.flatMap((id) => told.chapters.filter(({ chapter }) => chapter === id).map(({ members }) => ({ node: id, members }))),
  ];
  const nameOf = (node: NodeId | null) => (node === null ? t('history.wholeReport') : names.long(node));

  function save(): void {
    const head = [t('history.place'), t('history.member'), t('history.surviving'), t('history.shareColumn'), t('history.written')];
    const rows = places.flatMap(({ node, members }) =>
      sharesOf(members).map(({ member, surviving, share, written }) => [
        nameOf(node),
        people.name(member),
        surviving,
        `${percent(share)}%`,
        written,
      ]),
    );
    const url = URL.createObjectURL(new Blob([csvOf([head, ...rows])], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${t('history.csvName', { seq: told.seq })}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <>
      <header className="contrib-head">
        <h2>{t('history.contributions')}</h2>
        <span className="cap grow">{t('history.asOf', { seq: told.seq })}</span>
        <Button onClick={save}>
          <Download aria-hidden="true" />
          {t('history.saveCsv')}
        </Button>
      </header>
      <p className="contrib-how">{t('history.howCounted')}</p>
      <Bars places={places} people={people} names={names} />
      <div className="contrib-table">
        <table>
          <caption className="unseen">{t('history.contributions')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('history.place')}</th>
              <th scope="col">{t('history.member')}</th>
              <th scope="col" className="num">
                {t('history.surviving')}
              </th>
              <th scope="col" className="num">
                {t('history.shareColumn')}
              </th>
              <th scope="col" className="num">
                {t('history.written')}
              </th>
            </tr>
          </thead>
          {places.map(({ node, members }) => (
            <tbody key={node ?? ''}>
              {sharesOf(members).map(({ member, surviving, share, written }, index, { length }) => (
                <tr key={member ?? ''}>
                  {index === 0 ? (
                    <th scope="rowgroup" rowSpan={length}>
                      {nameOf(node)}
                    </th>
                  ) : null}
                  <td>
                    <span className="row">
                      <Avatar face={people.face(member)} size="sm" />
                      {people.name(member)}
                    </span>
                  </td>
                  <td className="num">{figure(surviving)}</td>
                  <td className="num">{t('history.percent', { value: percent(share) })}</td>
                  <td className="num">{figure(written)}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}

/** One bar for the report and one for each chapter: as long as its text, parted among its writers. The table says the same in figures. */
function Bars({ places, people, names }: { readonly places: readonly Place[]; readonly people: People; readonly names: PlaceNames }) {
  const { t } = useTranslation();
  const sizes = places.map(({ members }) => members.reduce((sum, { surviving }) => sum + surviving, 0));
  const longest = Math.max(1, ...sizes.slice(1));
  return (
    <ul className="contrib-bars" aria-label={t('history.chart')}>
      {places.map(({ node, members }, index) => {
        const size = sizes[index] ?? 0;
        const shares = sharesOf(members).filter(({ surviving }) => surviving > 0);
        const told = shares.map((share) => sayShare(share));
        return (
          <li key={node ?? ''} className={node === null ? 'contrib-row all' : 'contrib-row'}>
            <span className="cut" title={node === null ? undefined : names.long(node)}>
              {node === null ? t('history.wholeReport') : names.long(node)}
            </span>
            <span className="contrib-track" role="img" aria-label={told.length === 0 ? t('history.noText') : told.join(t('common.join'))}>
              <span
                className="contrib-bar"
                style={{ width: `${node === null ? 100 : Math.max(size === 0 ? 0 : 1, (size / longest) * 100)}%` }}
              >
                {shares.map((share) => {
                  const face = people.face(share.member);
                  return (
                    <span
                      key={share.member ?? ''}
                      className={`contrib-part a${face.colour}${share.member === null ? ' nobody' : ''}`}
                      style={{ flexGrow: share.surviving }}
                      title={sayShare(share)}
                    >
                      <span>{initialOf(face.name)}</span>
                    </span>
                  );
                })}
              </span>
            </span>
            <span className="cap num">{t('history.characters', { count: size })}</span>
          </li>
        );
      })}
    </ul>
  );

  function sayShare({ member, surviving, share }: Share): string {
    return t('history.share', { name: people.name(member), count: surviving, percent: percent(share) });
  }
}
