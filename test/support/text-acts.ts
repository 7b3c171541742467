import { Fragment, Slice } from '@tiptap/pm/model';
import * as Y from 'yjs';
import { layoutOf } from '../../shared/text/render.ts';
import { MARK_NAMES } from '../../shared/text/schema.ts';
import type { Chance } from './text-chance.ts';
import { safeIndex } from './text-chance.ts';
import type { Person } from './text-people.ts';

/** What a person may do to a chapter in a random run. */
export class Acts {
  private readonly by: Chance;

  constructor(by: Chance) {
    this.by = by;
  }

  /** All of them, the frequent ones several times. */
  readonly all: readonly ((person: Person) => void)[] = [
    ...Array.from({ length: 6 }, () => (person: Person) => this.type(person)),
    (person) => person.type('', this.by.caret(person)),
    (person) => this.type(person, this.by.emoji()),
    (person) => this.deleteRange(person),
    (person) => this.deleteRange(person),
    (person) => this.deleteBlock(person),
    (person) => person.edit((tr) => tr.split(this.by.caret(person))),
    (person) => person.edit((tr) => tr.split(person.at(this.by.block(person), 0))),
    (person) => this.splitAtEnd(person),
    (person) => this.joinBlocks(person),
    (person) => this.restyle(person),
    (person) => this.restyle(person),
    (person) => this.relook(person),
    (person) => this.relook(person),
    (person) => this.move(person),
    (person) => this.move(person),
    (person) => this.hardBreak(person),
    (person) => this.paste(person),
  ];

  type(person: Person, text = this.by.word()): void {
    person.type(text, this.by.caret(person));
  }

  private deleteRange(person: Person): void {
    const [from, to] = this.by.range(person, this.by.chance(0.7));
    if (this.by.chance(0.3)) person.edit((tr) => tr.insertText(this.by.word(), from, to));
    else person.edit((tr) => tr.delete(from, to));
  }

  private deleteBlock(person: Person): void {
    const { doc } = person.state;
    if (doc.childCount < 2) return;
    const block = this.by.block(person);
    const from = person.at(block, 0) - 1;
    person.edit((tr) => tr.delete(from, from + doc.child(block).nodeSize));
  }

  private splitAtEnd(person: Person): void {
    const block = this.by.block(person);
    const paragraph = { type: person.state.schema.nodes['paragraph']! };
    person.edit((tr) =>
      tr.split(person.at(block, person.state.doc.child(block).content.size), 1, this.by.chance(0.5) ? [paragraph] : undefined),
    );
  }

  private joinBlocks(person: Person): void {
    const block = this.by.block(person);
    if (block > 0) person.edit((tr) => tr.join(person.at(block, 0) - 1));
  }

  private restyle(person: Person): void {
    const mark = person.state.schema.marks[this.by.one(MARK_NAMES)]!.create();
    const [from, to] = this.by.range(person, this.by.chance(0.8));
    person.edit((tr) => (this.by.chance(0.6) ? tr.addMark(from, to, mark) : tr.removeMark(from, to, mark)));
  }

  private relook(person: Person): void {
    const { nodes } = person.state.schema;
    const [type, attrs] = this.by.one([
      [nodes['paragraph']!, {}],
      [nodes['paragraph']!, { align: 'center' }],
      [nodes['heading']!, { level: 3 }],
      [nodes['heading']!, { level: 4, align: 'right' }],
      [nodes['listLine']!, { list: 'bullet' }],
      [nodes['listLine']!, { list: 'ordered', indent: 2 }],
    ] as const);
    const block = this.by.block(person);
    const { extra, moved } = person.state.doc.child(block).attrs;
    person.edit((tr) => tr.setNodeMarkup(person.at(block, 0) - 1, type, { ...attrs, extra, moved }));
  }

  /** Moves a block one or more places, as Alt+↑/↓ or a drag does: out and in, in one transaction. */
  private move(person: Person): void {
    const { doc } = person.state;
    if (doc.childCount < 2) return;
    const block = this.by.block(person);
    const target = this.by.pick(doc.childCount);
    if (target === block) return;
    const node = doc.child(block);
    person.edit((tr) => {
      const from = person.at(block, 0) - 1;
      const to = target > block ? person.at(target, 0) - 1 + doc.child(target).nodeSize : person.at(target, 0) - 1;
      tr.delete(from, from + node.nodeSize);
      return tr.insert(tr.mapping.map(to), node);
    });
  }

  private hardBreak(person: Person): void {
    const at = this.by.caret(person);
    person.edit((tr) => tr.insert(at, person.state.schema.nodes['hardBreak']!.create()));
  }

  private paste(person: Person): void {
    const { nodes, marks } = person.state.schema;
    const blocks = [nodes['paragraph']!, nodes['heading']!, nodes['listLine']!].slice(0, 1 + this.by.pick(3)).map((type) => {
      const marked = this.by.chance(0.3) ? [marks[this.by.one(MARK_NAMES)]!.create()] : [];
      return type.create(null, this.by.chance(0.8) ? person.state.schema.text(this.by.word(), marked) : null);
    });
    const [from, to] = this.by.range(person, false);
    const open = this.by.chance(0.5) ? 1 : 0;
    person.edit((tr) => tr.replaceRange(from, to, new Slice(Fragment.fromArray(blocks), open, open)));
  }

  /** What a later version of the program may write: kinds, keys, embeds and formats that this one does not know. */
  laterVersion(person: Person): void {
    const { text, doc } = person;
    doc.transact(() => {
      const at = safeIndex(text, this.by.pick(text.length + 1));
      this.by.one([
        () =>
          text.insertEmbed(
            at,
            new Y.Map<unknown>([
              ['kind', 'quote'],
              ['depth', 2],
            ]),
          ),
        () => text.insertEmbed(at, { image: `p${this.by.pick(3)}` }),
        () => text.insertEmbed(at, new Y.Map<unknown>([['atom', 'table']])),
        () => at + 2 <= text.length && text.format(at, safeIndex(text, at + 2) - at, { colour: 'red' }),
        () => {
          const { markers } = layoutOf(text);
          if (markers.length > 0)
            this.by.one(markers).set(this.by.one(['level', 'sectionNo', 'kind', 'align']), this.by.one([3, 'x', 'heading', 'list', null]));
        },
      ])();
    }, 'later version');
  }
}
