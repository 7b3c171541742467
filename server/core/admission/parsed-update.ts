/** Content kinds of Yjs structs, as written in an update (format V1). */
export const CONTENT = {
  gc: 0,
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
  skip: 10,
} as const;
/** Kinds of nested Yjs types that the flat chapter text may hold (design §3: markers and atoms are maps; tables will hold arrays and texts). */
export const TYPE = { array: 0, map: 1, text: 2 } as const;
/** What a struct says about its place. */
export const HAS = { origin: 1, rightOrigin: 2, parentId: 4, root: 8, key: 16 } as const;

/**
 * What one update says, in columns that are used again for the next one: no object is made for a keystroke.
 * Row `i` of the struct columns is the i-th struct; rows of one section (one client) lie together, clocks ascending.
 * Valid until the next `parseUpdate` into the same object. Numbers: client < 2^32, clocks and lengths < 2^31.
 */
export class ParsedUpdate {
  bytes: Uint8Array = new Uint8Array(0);

  /** Sections, clients strictly descending. Section `s` has the rows `firstStruct[s]` up to, not including, `firstStruct[s + 1]`. */
  sections = 0;
  sectionClient = new Uint32Array(8);
  firstStruct = new Uint32Array(9);
  /** Scratch of the judge: the clock that is reached when this section is integrated, and its next row. */
  reach = new Uint32Array(8);
  next = new Uint32Array(8);

  structs = 0;
  client = new Uint32Array(16);
  clock = new Uint32Array(16);
  length = new Uint32Array(16);
  /** One of CONTENT. */
  content = new Uint8Array(16);
  /** Sum of HAS. */
  has = new Uint8Array(16);
  originClient = new Uint32Array(16);
  originClock = new Uint32Array(16);
  rightClient = new Uint32Array(16);
  rightClock = new Uint32Array(16);
  parentClient = new Uint32Array(16);
  parentClock = new Uint32Array(16);
  /** Byte range of the content; of a string: of its UTF-8 bytes. */
  from = new Uint32Array(16);
  to = new Uint32Array(16);
  /** One of TYPE where the content is a type, else 0. */
  type = new Uint8Array(16);
  /** Of an item that names its parent and a key: the key. */
  readonly key: string[] = [];
  /** Scratch of the judge: where the struct stands (PLACE in nested-items.ts). */
  place = new Uint32Array(16);
  /** Left by the judge: rows that bring something new, each after what it stands on. */
  fresh = 0;
  order = new Uint32Array(16);

  deletes = 0;
  deleteClient = new Uint32Array(16);
  deleteClock = new Uint32Array(16);
  deleteLength = new Uint32Array(16);

  /** Makes room for one more row. */
  growSections(): void {
    if (this.sections < this.sectionClient.length) return;
    this.sectionClient = twice(this.sectionClient);
    this.reach = twice(this.reach);
    this.next = twice(this.next);
    const first = new Uint32Array(this.sectionClient.length + 1);
    first.set(this.firstStruct);
    this.firstStruct = first;
  }

  growStructs(): void {
    if (this.structs < this.client.length) return;
    this.client = twice(this.client);
    this.clock = twice(this.clock);
    this.length = twice(this.length);
    this.content = twiceBytes(this.content);
    this.has = twiceBytes(this.has);
    this.originClient = twice(this.originClient);
    this.originClock = twice(this.originClock);
    this.rightClient = twice(this.rightClient);
    this.rightClock = twice(this.rightClock);
    this.parentClient = twice(this.parentClient);
    this.parentClock = twice(this.parentClock);
    this.from = twice(this.from);
    this.to = twice(this.to);
    this.type = twiceBytes(this.type);
    this.place = twice(this.place);
    this.order = twice(this.order);
  }

  growDeletes(): void {
    if (this.deletes < this.deleteClient.length) return;
    this.deleteClient = twice(this.deleteClient);
    this.deleteClock = twice(this.deleteClock);
    this.deleteLength = twice(this.deleteLength);
  }

  /** @returns the section of `client`, or -1. */
  sectionOf(client: number): number {
    let low = 0;
    let high = this.sections - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = this.sectionClient[middle]!;
      if (at === client) return middle;
      if (at > client) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** @returns the row that holds this id, or -1. */
  structAt(client: number, clock: number): number {
    const section = this.sectionOf(client);
    if (section < 0) return -1;
    let low = this.firstStruct[section]!;
    let high = this.firstStruct[section + 1]! - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const start = this.clock[middle]!;
      if (clock < start) high = middle - 1;
      else if (clock >= start + this.length[middle]!) low = middle + 1;
      else return middle;
    }
    return -1;
  }
}

function twice(column: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(column.length * 2);
  next.set(column);
  return next;
}

function twiceBytes(column: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const next = new Uint8Array(column.length * 2);
  next.set(column);
  return next;
}
