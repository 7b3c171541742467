import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { NewReport } from '../../../server/core/new-report.ts';
import { passingHouseKeys } from '../../../server/house-keys.ts';
import type { Part, WorkStage } from '../../../shared/access/stage-table.ts';
import type { RevisionList } from '../../../shared/api/revisions.ts';
import type { Gate, SignaturesMissing, SignMoved, SignOffDone, SignOffState, StagesState } from '../../../shared/api/sign-off.ts';
import type { ApiError } from '../../../shared/api.ts';
import type { ChapterId } from '../../../shared/ids.ts';
import { decodeEntry } from '../../../shared/log/codec.ts';
import { type SealEvent, sealStatement } from '../../../shared/sign-off/seal.ts';
import type { Opinion } from '../../../shared/sign-off/sign-offs.ts';
import { type Person, startTestServer, type TestReport, type TestServer } from '../../support/test-server.ts';
import { Typist } from '../../support/typing.ts';
import type { WsClient } from '../../support/ws-client.ts';

const PASSWORD = '红头文件 2026';
const keys = passingHouseKeys();
let server: TestServer;
let [drafter, checker, first, second, issuer]: Person[] = [];

/** An account with a password, as everybody who signs has one. */
async function withPassword(name: string, admin = false): Promise<Person> {
  const person = await server.person(name, admin);
  const answer = await server.request(person, 'POST', '/api/account/password', { login: name, password: PASSWORD });
  expect(answer.status).toBe(200);
  const again = await server.request(null, 'POST', '/api/session', { login: name, password: PASSWORD });
  const cookie = again.headers.get('set-cookie')?.split(';')[0] ?? person.cookie;
  return { account: person.account, cookie };
}

beforeAll(async () => {
  server = await startTestServer({ keys });
  drafter = await withPassword('周砚秋', true);
  checker = await withPassword('贺清漪');
  first = await withPassword('罗映川');
  second = await withPassword('顾亦凡');
  issuer = await withPassword('沈知衡');
});
afterAll(async () => {
  await server.close();
  expect(server.troubles).toEqual([]);
});

const post = (person: Person, report: TestReport, path: string, body: unknown) =>
  server.request(person, 'POST', `/api/reports/${report.id}/${path}`, body);
const get = async <Answer>(person: Person, report: TestReport, path: string): Promise<Answer> =>
  (await (await server.request(person, 'GET', `/api/reports/${report.id}/${path}`)).json()) as Answer;
const errorOf = async (answer: Response) => ({ status: answer.status, ...((await answer.json()) as ApiError).error });
const person = (one: Person | undefined): Person => {
  if (one === undefined) throw new Error('nobody');
  return one;
};

/** A report with everybody in their part, in a given stage of the short path. */
async function reportIn(stage: WorkStage, content?: NewReport['content']): Promise<TestReport> {
  const members = [
    [person(drafter), 'owner'],
    [person(checker), 'editor'],
    [person(first), 'reader'],
    [person(second), 'commenter'],
    [person(issuer), 'reader'],
  ] as const;
  const report = await server.report(members, content === undefined ? {} : { content });
  const parts: readonly (readonly [Person | undefined, Part])[] = [
    [checker, 'checker'],
    [first, 'countersigner'],
    [second, 'countersigner'],
    [issuer, 'issuer'],
  ];
  await ok(post(person(drafter), report, 'stages', { op: 'path', path: ['drafting', 'countersigning', 'issuing'] }));
  for (const [who, part] of parts)
    await ok(post(person(drafter), report, 'stages', { op: 'parts', member: person(who).account.id, parts: [part] }));
  if (stage !== 'drafting') await moveOn(report, 'drafting', 'countersigning');
  if (stage === 'issuing') await moveOn(report, 'countersigning', 'issuing');
  return report;
}

async function ok(answer: Promise<Response>): Promise<Response> {
  const got = await answer;
  if (!got.ok) throw new Error(`${got.status} ${await got.text()}`);
  return got;
}

/** On, past whatever soft item is open. */
const moveOn = (report: TestReport, from: WorkStage, to: WorkStage) =>
  ok(post(person(drafter), report, 'stages', { op: 'move', from, to, overrides: [{ item: 'unassigned', reason: '统一负责' }] }));

async function typistIn(who: Person, report: TestReport, client: number): Promise<{ readonly room: WsClient; readonly typist: Typist }> {
  const room = await server.room(who, report);
  await room.hear('hello');
  await room.roundTrip();
  return { room, typist: new Typist(client).take(Y.mergeUpdates(room.all('update').map((message) => message.bytes))) };
}

const sign = async (who: Person, report: TestReport, opinion: Opinion = 'agree', more: object = {}) => {
  const { text } = await get<SignOffState>(who, report, 'sign-off');
  return post(who, report, 'sign-off', { opinion, chapters: text.chapters, frame: text.frame, password: PASSWORD, ...more });
};

describe('stages', () => {
  test('[WS9] whoever makes a report is its drafter; moves are entries that everybody hears of', async () => {
    const report = await server.report([
      [person(drafter), 'owner'],
      [person(first), 'reader'],
    ]);
    const { stages } = await get<StagesState>(person(first), report, 'stages');
    expect(stages).toMatchObject({ stage: 'drafting', parts: [{ member: person(drafter).account.id, parts: ['drafter'] }] });
    const socket = await server.dial(person(first), report.id);
    await socket.hear('hello');
    await ok(post(person(drafter), report, 'stages', { op: 'move', from: 'drafting', to: 'consulting' }));
    expect((await socket.hear('entry')).entry).toMatchObject({ kind: 'stage', event: { op: 'move', to: 'consulting' } });
    expect(
      await errorOf(await post(person(first), report, 'stages', { op: 'move', from: 'consulting', to: 'drafting', reason: '退' })),
    ).toMatchObject({ status: 403 });
  });

  test('[WS10] a frozen text is refused on an open socket, from the moment on at which it was frozen; one chapter opens for amendment', async () => {
    const report = await reportIn('drafting');
    const { room, typist } = await typistIn(person(drafter), report, 700_001);
    room.sendUpdate(typist.type('甲'));
    await room.untilAcked(1);
    await moveOn(report, 'drafting', 'countersigning');
    expect(await room.hear('rights')).toMatchObject({ mayWrite: false });
    room.sendUpdate(typist.type('乙'));
    expect(await room.hear('reject')).toMatchObject({ n: 2, code: 'frozen' });

    expect(
      await errorOf(await post(person(first), report, 'stages', { op: 'amend', chapter: report.chapter, reason: '改' })),
    ).toMatchObject({ status: 403 });
    await ok(post(person(drafter), report, 'stages', { op: 'amend', chapter: report.chapter, reason: '日期有误' }));
    const again = await typistIn(person(drafter), report, 700_002);
    again.room.sendGongbi({ kind: 'ask-lease' });
    await again.room.hear('lease');
    again.room.sendUpdate(again.typist.type('丙'));
    await again.room.untilAcked(1);
    await ok(post(person(drafter), report, 'stages', { op: 'close', chapter: report.chapter }));
    again.room.sendUpdate(again.typist.type('丁'));
    expect(await again.room.hear('reject')).toMatchObject({ code: 'frozen' });
  });

  test('[GA1] the gate lists open blanks with their place, and holds the report until they are filled', async () => {
    const report = await reportIn('drafting');
    const { room, typist } = await typistIn(person(drafter), report, 700_003);
    room.sendUpdate(typist.type('全年学习**次'));
    await room.untilAcked(1);
    const { rows } = await get<Gate>(person(first), report, 'gate');
    expect(rows.find(({ item }) => item === 'blanks')).toMatchObject({
      hard: true,
      count: 1,
      places: [{ node: report.chapter, label: '全年学习**次', link: 'blanks' }],
    });
    const refused = await post(person(drafter), report, 'stages', { op: 'move', from: 'drafting', to: 'countersigning' });
    expect(await errorOf(refused)).toMatchObject({ status: 409, code: 'gate-closed' });
    room.sendUpdate(typist.erase(4, 2));
    await room.untilAcked(2);
    await moveOn(report, 'drafting', 'countersigning');
  });

  test('[WS11] what was decided about stages and signatures is there after a restart from the log', async () => {
    const report = await reportIn('countersigning');
    expect((await sign(person(first), report, 'reserve', { text: '第二章数字待核' })).status).toBe(201);
    const before = await get<SignOffState>(person(second), report, 'sign-off');
    const { storage } = server;
    await server.close();
    server = await startTestServer({ storage, keys });
    expect(await get<SignOffState>(person(second), report, 'sign-off')).toEqual(before);
  });
});

describe('signing', () => {
  test('[SO1] needs the password, the turn, and words for a reservation', async () => {
    const report = await reportIn('countersigning');
    expect(await errorOf(await sign(person(first), report, 'agree', { password: '猜的' }))).toMatchObject({
      status: 403,
      code: 'wrong-password',
    });
    expect(await errorOf(await sign(person(drafter), report))).toMatchObject({ status: 403 });
    expect(await errorOf(await sign(person(first), report, 'reserve'))).toMatchObject({ status: 400, code: 'sign-text-missing' });
    const link = await server.person('只用链接');
    await ok(server.request(person(drafter), 'POST', `/api/reports/${report.id}/members`, { member: link.account.id, role: 'reader' }));
    await ok(post(person(drafter), report, 'stages', { op: 'parts', member: link.account.id, parts: ['countersigner'] }));
    expect(await errorOf(await sign(link, report))).toMatchObject({ status: 409, code: 'no-password' });
    expect((await get<SignOffState>(person(first), report, 'sign-off')).signOffs).toEqual([]);
  });

  test('[SO2] is bound to a seq, the chain’s head and the words; two people sign at the same moment', async () => {
    const report = await reportIn('countersigning');
    const answers = await Promise.all([sign(person(first), report), sign(person(second), report)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const { signOffs, text } = await get<SignOffState>(person(issuer), report, 'sign-off');
    expect(new Set(signOffs.map(({ by }) => by))).toEqual(new Set([person(first).account.id, person(second).account.id]));
    for (const signOff of signOffs) {
      expect(signOff).toMatchObject({ part: 'countersigner', opinion: 'agree', whole: true, frameMoved: false, withdrawn: null });
      expect(signOff.chapters.map(({ node, standing }) => [node, standing])).toEqual(text.chapters.map(({ node }) => [node, 'valid']));
      expect(signOff.upTo).toBeLessThan(signOff.seq);
      expect(signOff.head).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('[SO3] words that the signer did not see are not signed: the answer says which chapter moved', async () => {
    const report = await reportIn('countersigning');
    const { text } = await get<SignOffState>(person(first), report, 'sign-off');
    await ok(post(person(drafter), report, 'stages', { op: 'amend', chapter: report.chapter, reason: '日期有误' }));
    const { room, typist } = await typistIn(person(drafter), report, 700_010);
    room.sendUpdate(typist.type('新写的'));
    await room.untilAcked(1);
    const command = { opinion: 'agree', chapters: text.chapters, frame: text.frame, password: PASSWORD };
    const refused = await errorOf(await post(person(first), report, 'sign-off', command));
    expect(refused).toMatchObject({ status: 409, code: 'sign-moved' });
    const details = refused.details as SignMoved;
    expect(details).toMatchObject({ chapters: [report.chapter], frame: false });
    const seen = { ...command, chapters: details.state.text.chapters };
    expect(await errorOf(await post(person(first), report, 'sign-off', seen))).toMatchObject({ status: 409, code: 'sign-amending' });
    await ok(post(person(drafter), report, 'stages', { op: 'close', chapter: report.chapter }));
    expect((await post(person(first), report, 'sign-off', seen)).status).toBe(201);
  });

  test('[SO7] works at the first try while a colleague types in another chapter', async () => {
    const node = (letter: string) =>
      ({ id: letter.repeat(20) as ChapterId, kind: 'chapter', heading: letter, form: 'own-line', parent: null }) as const;
    const nodes = ['a', 'b'].map(node);
    const report = await reportIn('countersigning', { title: '报告', nodes, texts: new Map(nodes.map(({ id }) => [id, []])) });
    const other = { id: report.id, chapter: 'b'.repeat(20) as ChapterId };
    await ok(post(person(drafter), other, 'stages', { op: 'amend', chapter: other.chapter, reason: '补数字' }));
    const { room, typist } = await typistIn(person(drafter), other, 700_040);
    const { text } = await get<SignOffState>(person(first), report, 'sign-off');
    const only = { opinion: 'agree', chapters: text.chapters.filter(({ node: id }) => id === report.chapter), password: PASSWORD };
    const signing = post(person(first), report, 'sign-off', only);
    let typed = 0;
    const typing = (async () => {
      let signed = false;
      void signing.then(() => {
        signed = true;
      });
      while (!signed) {
        typed += 1;
        room.sendUpdate(typist.type('字'));
        await room.untilAcked(typed);
      }
    })();
    expect((await signing).status).toBe(201);
    await typing;
    expect(typed).toBeGreaterThan(1);
    const { signOffs } = await get<SignOffState>(person(first), report, 'sign-off');
    expect(signOffs).toMatchObject([{ whole: false, chapters: [{ node: report.chapter, standing: 'valid' }] }]);
  });

  test('[SO5] after an edit only the changed chapter is stale, and fresh again when it is as it was', async () => {
    const report = await reportIn('countersigning');
    await ok(sign(person(first), report));
    const standing = async () =>
      (await get<SignOffState>(person(first), report, 'sign-off')).signOffs[0]?.chapters.find(({ node }) => node === report.chapter);
    await ok(post(person(drafter), report, 'stages', { op: 'amend', chapter: report.chapter, reason: '补一句' }));
    const { room, typist } = await typistIn(person(drafter), report, 700_020);
    room.sendUpdate(typist.type('不得'));
    await room.untilAcked(1);
    expect(await standing()).toMatchObject({ standing: 'stale' });
    room.sendUpdate(typist.erase(0, 2));
    await room.untilAcked(2);
    expect(await standing()).toMatchObject({ standing: 'valid', gone: 0, added: 0 });
    room.sendUpdate(typist.type('\u3000'));
    await room.untilAcked(3);
    expect(await standing()).toMatchObject({ standing: 'editorial' });
  });

  test('[SO6] one’s own signature can be taken back, on record; another’s cannot', async () => {
    const report = await reportIn('countersigning');
    const done = (await (await ok(sign(person(first), report))).json()) as SignOffDone;
    expect(await errorOf(await post(person(second), report, 'sign-off/withdraw', { seq: done.seq }))).toMatchObject({
      status: 404,
      code: 'no-such-signature',
    });
    const after = (await (await ok(post(person(first), report, 'sign-off/withdraw', { seq: done.seq }))).json()) as SignOffDone;
    expect(after.state.signOffs).toMatchObject([{ seq: done.seq, withdrawn: { seq: after.seq } }]);
  });
});

describe('the seal', () => {
  const seal = async (who: Person, report: TestReport, more: object = {}) => {
    const { text } = await get<SignOffState>(who, report, 'sign-off');
    return post(who, report, 'seal', { number: '示例委〔2026〕12号', report: text.report, password: PASSWORD, ...more });
  };

  test('[SL1] needs every countersigner’s agreement to the present words, and says who is missing', async () => {
    const report = await reportIn('issuing');
    await ok(sign(person(first), report));
    const refused = await errorOf(await seal(person(issuer), report));
    expect(refused).toMatchObject({ status: 409, code: 'signatures-missing' });
    const { missing } = refused.details as SignaturesMissing;
    expect(new Set(missing.map(({ member, why }) => `${member} ${why}`))).toEqual(new Set([`${person(second).account.id} none`]));
    await ok(sign(person(second), report, 'disagree', { text: '数字无出处' }));
    expect(((await errorOf(await seal(person(issuer), report))).details as SignaturesMissing).missing).toContainEqual({
      member: person(second).account.id,
      node: report.chapter,
      why: 'disagrees',
    });
    expect(await errorOf(await seal(person(drafter), report))).toMatchObject({ status: 403 });
    expect(await errorOf(await seal(person(issuer), report, { number: '示例委[2026]012号' }))).toMatchObject({ code: 'number-invalid' });
    expect(await errorOf(await seal(person(issuer), report, { report: '0'.repeat(64) }))).toMatchObject({ code: 'sign-moved' });
  });

  test('[SL2] freezes every path for good, names the final revision, and is signed by the house’s key over the log’s head', async () => {
    const report = await reportIn('issuing');
    await ok(sign(person(first), report));
    await ok(sign(person(second), report, 'reserve', { text: '第二章待核' }));
    const { room, typist } = await typistIn(person(drafter), report, 700_030);
    const done = (await (await ok(seal(person(issuer), report))).json()) as SignOffDone;
    expect(done.state).toMatchObject({
      stage: 'sealed',
      seal: { number: '示例委〔2026〕12号', by: person(issuer).account.id, seq: done.seq },
    });
    room.sendUpdate(typist.type('改'));
    expect(await room.hear('reject')).toMatchObject({ code: 'frozen' });
    const title = { op: 'title', was: '', title: '另一个题目' };
    expect((await post(person(drafter), report, 'outline', title)).status).toBe(403);
    expect((await post(person(drafter), report, 'particulars', { changes: [{ field: 'signer', was: '', value: '某人' }] })).status).toBe(
      403,
    );
    expect((await post(person(drafter), report, 'stages', { op: 'move', from: 'issuing', to: 'drafting', reason: '重来' })).status).toBe(
      403,
    );
    expect((await post(person(first), report, 'sign-off/withdraw', { seq: done.state.signOffs[0]?.seq })).status).toBe(403);
    expect((await seal(person(issuer), report)).status).toBe(403);
    const revisions = await get<RevisionList>(person(drafter), report, 'revisions');
    expect(revisions.revisions).toMatchObject([{ name: '定稿', note: '示例委〔2026〕12号', upTo: done.state.seal?.upTo }]);

    // The house's public key, the stated words and the log's head agree; any other statement does not.
    const sealed = await storedSeal(report);
    const publicKey = createPublicKey({ key: Buffer.from(keys.current.publicKey), format: 'der', type: 'spki' });
    const signature = Buffer.from(sealed.signature, 'hex');
    expect(verify(null, sealStatement(report.id, sealed), publicKey, signature)).toBe(true);
    expect(verify(null, sealStatement(report.id, { ...sealed, number: '示例委〔2026〕13号' }), publicKey, signature)).toBe(false);
    expect(await (await server.app.reports.open(report.id))?.chainHead(sealed.signed.upTo)).toBe(sealed.signed.head);
    expect(sealed.signatures).toEqual(done.state.signOffs.map(({ seq }) => seq));
  });

  /** The seal as it lies in the log. */
  async function storedSeal(report: TestReport): Promise<SealEvent> {
    const opened = await server.app.reports.open(report.id);
    for await (const entry of opened?.readLog(0, opened.head()) ?? []) {
      const decoded = decodeEntry(entry);
      if (decoded.kind === 'seal') return decoded.event;
    }
    throw new Error('no seal');
  }
});
